namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>What can be a key of ORDER BY and GROUP BY.</summary>
internal static class SortKeys
{
    /// <summary>The key itself, if it does not look into a query further out, and its type has an order.</summary>
    /// <exception cref="GoogleSqlException">It does.</exception>
    public static Bound Check(Bound key, string clause) =>
        key.Any(b => b is OuterRef) ? throw new GoogleSqlException($"Not supported: a column of an outer query in {clause}", key.Position)
        : !key.Type.IsComparable ? throw new GoogleSqlException($"{clause} does not support expressions of type {key.Type.Kind.ToString().ToUpperInvariant()}", key.Position)
        : key;
}
