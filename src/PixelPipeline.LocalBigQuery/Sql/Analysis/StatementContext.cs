using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>What is the same all through one statement.</summary>
internal sealed class StatementContext(QueryCatalog catalog, QuerySession session, Timestamp now)
{
    /// <summary>How deep views may stand on views, as in BigQuery.</summary>
    public const int MaxViewDepth = 16;

    /// <summary>How many operands one operator may join.</summary>
    public const int MaxOperands = 10_000;

    /// <summary>What DECLARE has named, with its value.</summary>
    public IReadOnlyDictionary<string, Constant> Variables => session.Variables;

    /// <summary>What CREATE TEMP FUNCTION has made.</summary>
    public IReadOnlyDictionary<string, SqlFunction> Functions => session.Functions;

    public QueryCatalog Catalog => catalog;

    public string Project => session.Project;

    /// <summary>The dataset of a table named by itself; null inside views.</summary>
    public string? DefaultDataset => ViewDepth == 0 ? session.DefaultDataset : null;

    /// <summary>When the query began.</summary>
    public Timestamp Now => now;

    /// <summary>How many views stand around what is being bound.</summary>
    public int ViewDepth { get; set; }

    /// <summary>The tables and views that the statement itself or its views name.</summary>
    public List<TablePath> Referenced { get; } = [];

    /// <summary>The value given for a parameter.</summary>
    /// <exception cref="GoogleSqlException">None is.</exception>
    public QueryParameter Parameter(ParameterExpression reference)
    {
        var found = ViewDepth > 0 ? throw new GoogleSqlException("Query parameters cannot be used in a view", reference.Position)
            : reference.Name is { } name ? session.Parameters.FirstOrDefault(p => name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))
            : session.Parameters.Where(p => p.Name is null).ElementAtOrDefault(reference.Ordinal);
        return found ?? throw new GoogleSqlException(
            reference.Name is { } missing ? $"Query parameter '{missing}' not found" : $"Query parameter number {reference.Ordinal + 1} is not given", reference.Position);
    }
}
