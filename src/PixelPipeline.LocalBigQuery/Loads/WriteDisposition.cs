namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>What a load does with the rows that its table has already.</summary>
internal enum WriteDisposition
{
    /// <summary>Keeps them.</summary>
    Append,

    /// <summary>Replaces them, and the columns by those of the load's schema.</summary>
    Truncate,

    /// <summary>Refuses to load where there are any.</summary>
    Empty,
}
