namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>What a failed call calls for.</summary>
internal enum FailureKind
{
    /// <summary>Try again, with a growing pause.</summary>
    Transient,

    /// <summary>The table is not there: it was made a moment ago, or an operator must make it.</summary>
    TableMissing,

    /// <summary>The request is too large: send it in parts.</summary>
    TooLarge,

    /// <summary>A row makes BigQuery refuse the whole request: find it by sending parts.</summary>
    InvalidRequest,

    /// <summary>Trying again is of no use until an operator mends something.</summary>
    Operator,
}
