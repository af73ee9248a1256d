namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>What a table can be: the values of <c>type</c> in the REST Table resource that are offered.</summary>
internal static class TableKinds
{
    /// <summary>Rows of its own.</summary>
    public const string Table = "TABLE";

    /// <summary>A stored query.</summary>
    public const string View = "VIEW";

    /// <summary>Rows that are elsewhere.</summary>
    public const string External = "EXTERNAL";
}
