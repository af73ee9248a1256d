namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The collation under which the texts of NUMERIC values compare as numbers.</summary>
internal static class Collation
{
    public const string Name = "numeric";

    /// <summary>As written behind an operand.</summary>
    public const string Numeric = " COLLATE numeric";
}
