namespace PixelPipeline.Soak.Oracle;

/// <summary>What kind of log entry an event is, which decides its outcome.</summary>
internal enum EventKind
{
    // Written
    Hit,
    EncodedHit,
    CollectedEvent,
    SharedInsertId,
    NoInsertId,

    // Ignored
    ParentInsertId,
    CdnUserAgent,
    OtherMethod,
    OtherPath,
    NoAttributes,
    NotARequest,

    // Rejected
    NoJson,
    NoTimestamp,
    UnreadableUrl,
    MissingUser,
    EmptyUser,
    BadAmount,
    LongValue,
    RefusedByBigQuery,
}
