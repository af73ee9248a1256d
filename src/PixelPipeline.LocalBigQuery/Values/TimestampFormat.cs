namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>How an answer writes TIMESTAMP values: <c>formatOptions.useInt64Timestamp</c>.</summary>
internal enum TimestampFormat
{
    /// <summary>Seconds since 1970 as <c>1.732100348408747E9</c>.</summary>
    FloatSeconds,

    /// <summary>Microseconds since 1970 as <c>1732100348408747</c>.</summary>
    Int64Microseconds,
}
