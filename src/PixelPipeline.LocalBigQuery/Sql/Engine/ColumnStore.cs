using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Sql.Engine;

/// <summary>
/// The rows of the database as columns of the engine, brought up to date when a query reads them: of a table that has grown the
/// new rows, of one whose rows have changed otherwise all. Tables with the same types of columns lie in one of the engine's
/// tables with their key, since one for each would cost it more than the rows do.
/// </summary>
internal sealed class ColumnStore(EngineDatabase engine)
{
    private const int SyncsBetweenPurges = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _stores = new(StringComparer.Ordinal);
    private readonly HashSet<string> _made = [];
    private readonly Dictionary<long, Place> _places = [];
    private int _syncs;

    /// <summary>The engine's table in which a table's rows are, or will be.</summary>
    public string NameOf(QueriedTable table)
    {
        var types = string.Join(",", Types(table).Select(EngineTypes.Name));
        lock (_gate)
        {
            if (!_stores.TryGetValue(types, out var name))
            {
                _stores[types] = name = FormattableString.Invariant($"m{_stores.Count}");
            }

            return name;
        }
    }

    /// <summary>Brings the tables up to the moment of <paramref name="rows"/>, and begins a transaction that reads them so.</summary>
    public void Begin(SqlSession rows, IReadOnlyCollection<QueriedTable> tables, EngineSession reader)
    {
        lock (_gate)
        {
            var late = tables.Select(t => (Table: t, Version: RowStore.Version(rows, t.Key), RowStore.Numbers(rows, t.Key).End))
                .Where(t => !_places.TryGetValue(t.Table.Key, out var place) || place.Version != t.Version || place.Next < t.End || place.Store != NameOf(t.Table))
                .ToList();
            if (late.Count > 0 || _syncs % SyncsBetweenPurges == 0)
            {
                Sync(rows, late.ConvertAll(t => (t.Table, t.Version)));
            }

            _syncs++;
            reader.Execute("BEGIN TRANSACTION");
            foreach (var store in tables.Select(NameOf).Distinct().Take(1))
            {
                reader.Execute($"SELECT 1 FROM {store} LIMIT 0"); // the moment begins with the first look
            }
        }
    }

    private static IEnumerable<DataType> Types(QueriedTable table) => table.Columns.Select(c => (DataType)(c.Type ?? SqlType.String));

    private void Sync(SqlSession rows, List<(QueriedTable Table, long Version)> late)
    {
        using var session = engine.Open();
        foreach (var table in late.Select(t => t.Table).DistinctBy(NameOf).Where(t => _made.Add(NameOf(t))))
        {
            session.Execute($"CREATE TABLE {NameOf(table)}(k BIGINT, n BIGINT{string.Concat(Types(table).Select((t, i) => $", c{i} {EngineTypes.Name(t)}"))})");
        }

        var places = new Dictionary<long, Place?>();
        session.Execute("BEGIN TRANSACTION");
        try
        {
            Purge(rows, session, places);
            foreach (var group in late.GroupBy(t => NameOf(t.Table)))
            {
                using var appender = new ColumnAppender(session, group.Key, [.. Types(group.First().Table)]);
                foreach (var (table, version) in group)
                {
                    places[table.Key] = new Place(group.Key, version, Append(rows, session, appender, table, version, group.Key));
                }

                appender.Close();
            }

            session.Execute("COMMIT");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }

        foreach (var (key, place) in places)
        {
            _ = place is null ? _places.Remove(key) : (_places[key] = place) is not null;
        }
    }

    private long Append(SqlSession rows, EngineSession session, ColumnAppender appender, QueriedTable table, long version, string store)
    {
        var next = 0L;
        if (_places.TryGetValue(table.Key, out var place))
        {
            if (place.Store == store && place.Version == version)
            {
                next = place.Next;
            }
            else
            {
                session.Execute(FormattableString.Invariant($"DELETE FROM {place.Store} WHERE k = {table.Key}"));
            }
        }

        RowScan.Run(rows, table.Key, next, (number, values) =>
        {
            appender.Add(table.Key, number, values);
            next = number + 1;
        });
        return next;
    }

    // Rows of tables that are gone.
    private void Purge(SqlSession rows, EngineSession session, Dictionary<long, Place?> places)
    {
        if (_syncs % SyncsBetweenPurges != 0)
        {
            return;
        }

        var there = TableCatalog.Keys(rows).ToHashSet();
        foreach (var (key, place) in _places.Where(p => !there.Contains(p.Key)))
        {
            session.Execute(FormattableString.Invariant($"DELETE FROM {place.Store} WHERE k = {key}"));
            places[key] = null;
        }
    }

    /// <summary>What the engine has of a table: where, as of which change of its rows, and up to which row.</summary>
    private sealed record Place(string Store, long Version, long Next);
}
