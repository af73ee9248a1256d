namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>What becomes of a row.</summary>
internal enum RowAction
{
    Insert = 1,
    Update = 2,
    Delete = 3,
}
