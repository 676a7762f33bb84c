module bench

go 1.24

require github.com/wechatpay-apiv3/wechatpay-go v0.2.21
