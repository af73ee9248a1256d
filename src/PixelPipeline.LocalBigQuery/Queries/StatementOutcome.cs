using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Catalog;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>What a statement came to.</summary>
/// <param name="Type">BigQuery's word for the statement: <c>SELECT</c>, <c>CREATE_TABLE</c>.</param>
internal sealed record StatementOutcome(string Type)
{
    /// <summary>The columns of a query.</summary>
    public IReadOnlyList<QueryColumn>? Columns { get; init; }

    /// <summary>The tables and views that it names.</summary>
    public IReadOnlyList<TablePath> Referenced { get; init; } = [];

    /// <summary>The rows of a query that ran.</summary>
    public QueryResult? Result { get; init; }

    /// <summary>How many rows it changed, of a statement that changes rows.</summary>
    public ChangeCounts? Changes { get; init; }

    /// <summary>What became of which table or view, of a statement that makes or removes one: <c>CREATE</c>, <c>SKIP</c>, <c>REPLACE</c>, <c>DROP</c>.</summary>
    public (string Operation, TablePath Target)? Definition { get; init; }
}
