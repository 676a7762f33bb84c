//! Named values that stay open: what appears later is kept as it came.

/// Writes an open enum: named values, and whatever string appears later.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$value_doc])* #[doc = concat!("`", $text, "`.")] $value,)+
            /// A value newer than this release, as it came.
            Other(String),
        }

        impl $name {
            /// The wire value.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$value,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl crate::codec::FieldType for $name {
            const KIND: crate::schema::Kind = crate::schema::Kind::Choice(if cfg!(feature = "docs") { &[$($text,)+] } else { &[] });
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
                crate::codec::JsonKey::deserialize(deserializer).map(|text| Self::from(text.as_str()))
            }
        }
    };
}

pub(crate) use open_enum;
