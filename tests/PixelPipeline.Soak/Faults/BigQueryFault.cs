namespace PixelPipeline.Soak.Faults;

/// <summary>What the fault layer does to one call to BigQuery.</summary>
internal enum BigQueryFault
{
    None,

    /// <summary>500 without BigQuery knowing of the call.</summary>
    InternalError,

    /// <summary>502 with an HTML page.</summary>
    BadGateway,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>429 with Retry-After.</summary>
    RateLimited,

    /// <summary>403 quotaExceeded.</summary>
    QuotaExceeded,

    /// <summary>404 although the table was just made.</summary>
    NotFoundYet,

    /// <summary>The connection is reset before BigQuery gets the call.</summary>
    ResetBefore,

    /// <summary>The connection is reset when the call has taken effect.</summary>
    ResetAfter,

    /// <summary>The call takes effect, half of the answer arrives.</summary>
    Truncated,

    /// <summary>The call takes effect, the answer comes late.</summary>
    Slow,

    /// <summary>Nothing happens for 30 s, then the connection ends; the call never took effect.</summary>
    HangBefore,

    /// <summary>The call takes effect, then nothing happens for 30 s.</summary>
    HangAfter,
}
