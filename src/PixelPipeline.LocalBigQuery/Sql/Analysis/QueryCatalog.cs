using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Engine;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>The tables that there are, as of the query's moment.</summary>
internal sealed class QueryCatalog(SqlSession session, EngineDatabase engine, ColumnStore store)
{
    /// <summary>How many tables one wildcard may read.</summary>
    /// <remarks><see href="https://cloud.google.com/bigquery/docs/querying-wildcard-tables">Querying wildcard tables</see>.</remarks>
    public const int MaxWildcardTables = 1_000;

    private static readonly RelationUse Suffixes = new(new ValuesRelation([new RelationColumn(TableRelation.SuffixColumn, SqlType.String)], []).Complete(), 0);

    private readonly Dictionary<long, QueriedTable> _read = [];

    /// <summary>The tables whose rows the query reads.</summary>
    public IReadOnlyCollection<QueriedTable> Read => _read.Values;

    /// <summary>The table or view of this name. Names are case-sensitive.</summary>
    /// <exception cref="GoogleSqlException">It is not there.</exception>
    public QueriedTable Find(TablePath path, SourcePosition position)
    {
        CheckDataset(path, position);
        return TableCatalog.Find(session, path.Dataset, path.Table) is { } stored
            ? QueriedTable.Of(stored)
            : throw new GoogleSqlException($"Not found: Table {path} was not found in location US", position, QueryFailure.NotFound);
    }

    /// <summary>All tables and views of the dataset, with their sizes.</summary>
    /// <exception cref="GoogleSqlException">It is not there.</exception>
    public IReadOnlyList<QueriedTable> All(TablePath path, SourcePosition position)
    {
        CheckDataset(path, position);
        return [.. TableCatalog.List(session, path.Dataset, "", int.MaxValue).Select(t => QueriedTable.Of(t) with
        {
            RowCount = RowStore.Count(session, t.TableKey),
            Bytes = RowStore.Bytes(session, t.TableKey),
        })];
    }

    /// <summary>Of the tables that a wildcard matches, the newest, whose schema it takes.</summary>
    /// <exception cref="GoogleSqlException">It matches none.</exception>
    public QueriedTable Newest(TablePath wildcard, SourcePosition position)
    {
        CheckDataset(wildcard, position);
        return TableCatalog.NewestOf(session, wildcard.Dataset, wildcard.Table[..^1]) is { } newest
            ? QueriedTable.Of(newest)
            : throw new GoogleSqlException($"{wildcard} does not match any table.", position, QueryFailure.NotFound);
    }

    /// <summary>The tables that a wildcard matches and whose suffix passes all conditions, by name.</summary>
    /// <exception cref="GoogleSqlException">They are more than <see cref="MaxWildcardTables"/>.</exception>
    public IReadOnlyList<QueriedTable> Matches(TablePath wildcard, IReadOnlyList<Bound> conditions, SourcePosition position)
    {
        List<QueriedTable> tables = [.. TableCatalog.WithPrefix(session, wildcard.Dataset, wildcard.Table[..^1]).Select(QueriedTable.Of)];
        tables = conditions.Count == 0 || tables.Count == 0 ? tables : Passing(tables, wildcard, conditions);
        return tables.Count <= MaxWildcardTables
            ? tables
            : throw new GoogleSqlException(
                $"The wildcard {wildcard} matches more than {MaxWildcardTables} tables, the most that one query reads. Narrow it: a longer prefix, "
                + "or a condition on _TABLE_SUFFIX in WHERE; or keep the events in one table, with the partitioned layout",
                position);
    }

    /// <summary>Stands for what a table's name has behind the prefix of the wildcard, in conditions for <see cref="Matches"/>.</summary>
    public static Bound Suffix(SourcePosition position) => Suffixes.Column(0, position);

    /// <summary>Where the engine has the rows of the table; with that the query reads them.</summary>
    public string StoreOf(QueriedTable table)
    {
        _read[table.Key] = table;
        return store.NameOf(table);
    }

    private List<QueriedTable> Passing(List<QueriedTable> tables, TablePath wildcard, IReadOnlyList<Bound> conditions)
    {
        var writer = new EngineWriter();
        var where = writer.Capture(w => w.AppendList(" WHERE ", conditions, (v, c) => v.Append(c), " AND "));
        var values = string.Join(", ", tables.Select(t => FormattableString.Invariant($"(CAST({t.Key} AS BIGINT), {Literals.Of(t.Suffix(wildcard), SqlType.String)})")));
        var passing = engine.Values($"SELECT t0.k FROM (VALUES {values}) AS t0(k, c0){where}", writer.Functions, SqlType.Int64).ToHashSet();
        return [.. tables.Where(t => passing.Contains(t.Key))];
    }

    private void CheckDataset(TablePath path, SourcePosition position)
    {
        if (!DatasetCatalog.Exists(session, path.Dataset))
        {
            throw new GoogleSqlException($"Not found: Dataset {path.Project}:{path.Dataset} was not found in location US", position, QueryFailure.NotFound);
        }
    }
}
