package main

import (
	"bytes"
	"context"
	"crypto/rsa"
	"errors"
	"io"
	"net/http"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/signers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/validators"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

// The official SDK, by its own path up to where it sends, and from where an answer has come.
type contestant struct {
	client     *core.Client
	validator  auth.Validator
	verifier   auth.Verifier
	privateKey *rsa.PrivateKey
	publicKey  *rsa.PublicKey
	keyID      string
	url        string
	sent       string
}

// Files is what is read from the answer.
type Files struct {
	List []File `json:"fapiao_download_info_list"`
}

// File is one of them.
type File struct {
	FapiaoID    *string `json:"fapiao_id"`
	DownloadURL *string `json:"download_url"`
	Status      *string `json:"status"`
}

var errSent = errors.New("nothing is sent")

func open(setup Setup, mchid string) (*contestant, error) {
	privateKey, err := utils.LoadPrivateKey(setup.PrivateKey)
	if err != nil {
		return nil, err
	}
	publicKey, err := utils.LoadPublicKey(setup.PublicKey)
	if err != nil {
		return nil, err
	}
	one := &contestant{privateKey: privateKey, publicKey: publicKey, keyID: setup.KeyID, url: setup.Host + setup.Target}
	one.client, err = core.NewClient(
		context.Background(),
		option.WithWechatPayPublicKeyAuthCipher(mchid, setup.SerialNo, privateKey, setup.KeyID, publicKey),
		option.WithHTTPClient(&http.Client{Transport: one}),
	)
	one.verifier = verifiers.NewSHA256WithRSAPubkeyVerifier(setup.KeyID, *publicKey)
	one.validator = validators.NewWechatPayResponseValidator(one.verifier)
	return one, err
}

// RoundTrip stands in for the network: nothing is sent.
func (c *contestant) RoundTrip(request *http.Request) (*http.Response, error) {
	// Only one request is looked at, when nothing else runs.
	if request.Context().Value(looking{}) != nil {
		c.sent = request.Header.Get("Authorization")
	}
	return nil, errSent
}

func (c *contestant) sign() error {
	_, err := c.client.Get(context.Background(), c.url)
	if errors.Is(err, errSent) {
		return nil
	}
	return err
}

type looking struct{}

func (c *contestant) authorization() (any, error) {
	_, err := c.client.Get(context.WithValue(context.Background(), looking{}, true), c.url)
	if errors.Is(err, errSent) {
		err = nil
	}
	return c.sent, err
}

func (c *contestant) verify(answer Answer, header http.Header) error {
	response := &http.Response{StatusCode: answer.Status, Header: header, Body: io.NopCloser(bytes.NewBufferString(answer.Body))}
	if err := c.validator.Validate(context.Background(), response); err != nil {
		return err
	}
	var files Files
	if err := core.UnMarshalResponse(response, &files); err != nil {
		return err
	}
	if len(files.List) != 2 {
		return errors.New("two invoices were answered")
	}
	return nil
}

func (c *contestant) make(message string) (any, error) {
	signer := signers.SHA256WithRSASigner{MchID: "1", CertificateSerialNo: "1", PrivateKey: c.privateKey}
	made, err := signer.Sign(context.Background(), message)
	if err != nil {
		return nil, err
	}
	return made.Signature, nil
}

func (c *contestant) check(message, signature string) bool {
	return c.verifier.Verify(context.Background(), c.keyID, message, signature) == nil
}

func (c *contestant) seal(plaintext string) (any, error) {
	return utils.EncryptOAEPWithPublicKey(plaintext, c.publicKey)
}

func (c *contestant) open(ciphertext string) (any, error) {
	return utils.DecryptOAEP(ciphertext, c.privateKey)
}
