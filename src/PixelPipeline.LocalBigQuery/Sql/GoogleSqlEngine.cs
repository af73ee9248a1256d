using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Execution;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// Answers <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax">GoogleSQL</see> SELECT
/// statements over the local BigQuery's file, by translation to SQLite. What is supported is listed in
/// <c>docs/local-bigquery.md</c>; anything else is an error that names the construct and its place, never a wrong answer.
/// A query cannot change anything, nor read anything but the tables.
/// </summary>
/// <param name="databasePath">The SQLite file.</param>
/// <param name="time">Gives CURRENT_TIMESTAMP.</param>
internal sealed class GoogleSqlEngine(string databasePath, TimeProvider time)
{
    /// <summary>Checks the statement against the tables there are and makes it ready to run.</summary>
    /// <param name="sql">One SELECT statement, of at most 1,048,576 characters.</param>
    /// <param name="parameters">For <c>@name</c> and, in their order, for <c>?</c>.</param>
    /// <param name="project">The project of tables whose name leaves it out. All projects have the same datasets, as everywhere in the local BigQuery.</param>
    /// <param name="defaultDataset">The dataset of tables whose name leaves it out; null for none.</param>
    /// <returns>Holds a read transaction: dispose it.</returns>
    /// <exception cref="GoogleSqlException">The statement is wrong or not supported, or names what does not exist.</exception>
    public PreparedQuery Prepare(string sql, IReadOnlyList<QueryParameter> parameters, string project, string? defaultDataset)
    {
        var query = QueryParser.Parse(sql);
        var database = ReadOnlyDatabase.Open(databasePath);
        try
        {
            var statement = new StatementContext(new TableCatalog(database), project, defaultDataset, parameters, Timestamp.Of(time.GetUtcNow().UtcDateTime));
            var arena = new Arena(new IdSource());
            var relation = new QueryBinder(statement).Bind(query, new Scope(arena, null, new Dictionary<string, Relation>()));
            var columns = relation.Columns.Where(c => !c.IsHidden).Select(c => new QueryColumn(c.Name, c.Type)).ToList();
            CheckNames(columns);
            var writer = new SqlWriter();
            var compiled = database.Prepare(writer.RenderQuery(arena, relation), writer.Parameters, writer.Functions);
            return new PreparedQuery(database, compiled, columns, statement.Referenced);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void CheckNames(List<QueryColumn> columns)
    {
        var twice = columns.GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        if (twice.Count > 0)
        {
            throw new GoogleSqlException($"Duplicate column names in the result are not supported. Found duplicate(s): {string.Join(", ", twice)}");
        }
    }
}
