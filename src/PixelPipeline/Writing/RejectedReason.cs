namespace PixelPipeline.Writing;

/// <summary>Why an entry that should have been an event could not become a row. The set is closed: it labels metrics.</summary>
public enum RejectedReason
{
    /// <summary>The bytes are not one JSON object with a readable <c>timestamp</c>.</summary>
    UnreadableEntry,

    /// <summary>The request URL cannot be taken apart.</summary>
    UnreadableUrl,

    /// <summary>A REQUIRED column has no value.</summary>
    MissingRequired,

    /// <summary>A value does not fit its column's type, or is too long.</summary>
    InvalidValue,

    /// <summary>Hits must be signed, and this one is not, or not for what it says.</summary>
    BadSignature,

    /// <summary>BigQuery called the row invalid.</summary>
    InvalidRow,
}
