using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Execution;
using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Catalog;

/// <summary>The tables that there are, as of the query's moment.</summary>
internal sealed class TableCatalog(ReadOnlyDatabase database)
{
    /// <summary>How many tables one wildcard may read.</summary>
    /// <remarks><see href="https://cloud.google.com/bigquery/docs/querying-wildcard-tables">Querying wildcard tables</see>.</remarks>
    public const int MaxWildcardTables = 1_000;

    private const string TablesOf = "SELECT x.table_key, x.table_id, x.kind, x.resource FROM tables AS x WHERE x.dataset_id = ?1";

    /// <summary>The table or view of this name. Names are case-sensitive.</summary>
    /// <exception cref="GoogleSqlException">It is not there.</exception>
    public StoredTable Find(TablePath path, SourcePosition position)
    {
        CheckDataset(path, position);
        return Read($"{TablesOf} AND x.table_id = ?2", [path.Dataset, path.Table]).FirstOrDefault()
            ?? throw new GoogleSqlException($"Not found: Table {path} was not found in location US", position, QueryFailure.NotFound);
    }

    /// <summary>Of the tables that a wildcard matches, the newest, whose schema it takes.</summary>
    /// <exception cref="GoogleSqlException">It matches none.</exception>
    public StoredTable Newest(TablePath wildcard, SourcePosition position)
    {
        CheckDataset(wildcard, position);
        return Read($"{Matching} ORDER BY x.created_ms DESC, x.table_key DESC LIMIT 1", Prefix(wildcard)).FirstOrDefault()
            ?? throw new GoogleSqlException($"{wildcard} does not match any table.", position, QueryFailure.NotFound);
    }

    /// <summary>The tables that a wildcard matches and whose suffix passes all conditions, by name.</summary>
    /// <exception cref="GoogleSqlException">They are more than <see cref="MaxWildcardTables"/>.</exception>
    public IReadOnlyList<StoredTable> Matches(TablePath wildcard, IReadOnlyList<Bound> conditions, SourcePosition position)
    {
        var writer = new SqlWriter();
        Prefix(wildcard).ForEach(writer.Parameters.Add);
        var where = writer.Capture(w =>
        {
            foreach (var condition in conditions)
            {
                condition.Write(w.Append(" AND "));
            }
        });
        var tables = Read($"{Matching}{where} ORDER BY x.table_id LIMIT {MaxWildcardTables + 1}", writer);
        return tables.Count <= MaxWildcardTables
            ? tables
            : throw new GoogleSqlException(
                $"The wildcard {wildcard} matches more than {MaxWildcardTables} tables, the most that one query reads. Narrow it: a longer prefix, "
                + "or a condition on _TABLE_SUFFIX in WHERE; or keep the events in one table, with the partitioned layout",
                position);
    }

    /// <summary>What a table's name has behind the prefix of the wildcard, as SQL over the catalogue's row <c>x</c>.</summary>
    public static string Suffix(TablePath wildcard) =>
        FormattableString.Invariant($"substr(x.table_id, {wildcard.Table.EnumerateRunes().Count()})");

    private static string Matching => $"{TablesOf} AND x.kind = 'TABLE' AND x.table_id >= ?2 AND x.table_id < ?3";

    private static List<object?> Prefix(TablePath wildcard)
    {
        var prefix = wildcard.Table[..^1];
        return [wildcard.Dataset, prefix, prefix + "\U0010FFFF"];
    }

    private void CheckDataset(TablePath path, SourcePosition position)
    {
        if (!Exists(path.Dataset))
        {
            throw new GoogleSqlException($"Not found: Dataset {path.Project}:{path.Dataset} was not found in location US", position, QueryFailure.NotFound);
        }
    }

    private bool Exists(string dataset)
    {
        using var statement = database.Prepare("SELECT 1 FROM datasets AS d WHERE d.dataset_id = ?1", [dataset], []);
        return statement.Step();
    }

    private List<StoredTable> Read(string sql, IReadOnlyList<object?> parameters)
    {
        using var statement = database.Prepare(sql, parameters, []);
        return Read(statement);
    }

    private List<StoredTable> Read(string sql, SqlWriter writer)
    {
        using var statement = database.Prepare(sql, writer.Parameters, writer.Functions);
        return Read(statement);
    }

    private static List<StoredTable> Read(Statement statement)
    {
        List<StoredTable> tables = [];
        while (statement.Step())
        {
            tables.Add(StoredTable.Read(statement.Integer(0), statement.Text(1), statement.Text(2), statement.Text(3)));
        }

        return tables;
    }
}
