using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>What the statements of one script share: its parameters, and what it has named so far.</summary>
/// <param name="parameters">For <c>@name</c> and, in their order, for <c>?</c>.</param>
/// <param name="project">The project of tables whose name leaves it out. All projects have the same datasets, as everywhere in the local BigQuery.</param>
/// <param name="defaultDataset">The dataset of tables whose name leaves it out; null for none.</param>
internal sealed class QuerySession(IReadOnlyList<QueryParameter> parameters, string project, string? defaultDataset)
{
    public IReadOnlyList<QueryParameter> Parameters => parameters;

    public string Project => project;

    public string? DefaultDataset => defaultDataset;

    /// <summary>What CREATE TEMP FUNCTION has made, by name.</summary>
    public Dictionary<string, SqlFunction> Functions { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What DECLARE has named, with the value it has now.</summary>
    public Dictionary<string, Constant> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);
}
