namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>What a job does with the rows that its table has already.</summary>
internal enum WriteDisposition
{
    /// <summary>Keeps them.</summary>
    Append,

    /// <summary>Replaces them, and the columns by those of the job's.</summary>
    Truncate,

    /// <summary>Refuses where there are any.</summary>
    Empty,
}
