using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>
/// Runs statements. What changes rows or tables is computed from a moment of the tables and then written as one transaction;
/// where the rows have changed in between it is computed again.
/// </summary>
internal sealed class StatementRunner(GoogleSqlEngine engine, Database database, WriteQueue writes, StreamingBuffer buffer, ScratchFolder folder, TimeProvider time)
{
    private const int MaximumAttempts = 5;

    // One statement at a time changes rows that are there: two that are computed from the same moment would undo each other.
    private readonly Lock _changing = new();
    private readonly TableStatements _tables = new(engine, writes, time);

    /// <summary>Runs one statement, which defines nothing for others.</summary>
    /// <exception cref="GoogleSqlException">It is wrong, or fails on the data.</exception>
    /// <exception cref="ApiException">It names what is not there or is there already, or changes what may not be changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public StatementOutcome Run(Statement statement, QuerySession session, QueryRequest request, CancellationToken cancelled)
    {
        switch (statement)
        {
            case QueryStatement query:
                return Select(query.Query, session, request, cancelled);
            case TruncateStatement truncate:
                return Truncate(truncate, session);
            case InsertStatement insert:
                return Change(insert, session, cancelled);
            case ChangeStatement change:
                lock (_changing)
                {
                    return Change(change, session, cancelled);
                }

            case CreateStatement { IsView: false, Query: { } query } create:
                using (var source = Select(query, session, request with { To = null }, cancelled).Result)
                {
                    return _tables.Create(create, session, source!);
                }

            case DefinitionStatement definition:
                return _tables.Run(definition, session);
            default:
                throw new GoogleSqlException("Not supported: this statement", statement.Position);
        }
    }

    /// <summary>Checks a statement without running it.</summary>
    /// <exception cref="GoogleSqlException">It is wrong.</exception>
    public StatementOutcome Check(Statement statement, QuerySession session)
    {
        switch (statement)
        {
            case QueryStatement query:
                using (var prepared = engine.Prepare(query.Query, session))
                {
                    return new StatementOutcome("SELECT") { Columns = prepared.Columns, Referenced = prepared.Referenced };
                }

            case ChangeStatement and not TruncateStatement:
                using (var rows = engine.Prepare((ChangeStatement)statement, session).Rows)
                {
                    return new StatementOutcome(TypeOf(statement)) { Referenced = rows.Referenced };
                }

            default:
                return new StatementOutcome(TypeOf(statement));
        }
    }

    /// <summary>BigQuery's word for a statement.</summary>
    public static string TypeOf(Statement statement) => statement switch
    {
        QueryStatement => "SELECT",
        InsertStatement => "INSERT",
        UpdateStatement => "UPDATE",
        DeleteStatement => "DELETE",
        MergeStatement => "MERGE",
        TruncateStatement => "TRUNCATE_TABLE",
        CreateStatement { IsView: true } => "CREATE_VIEW",
        CreateStatement { Query: not null } => "CREATE_TABLE_AS_SELECT",
        CreateStatement => "CREATE_TABLE",
        DropStatement { IsView: true } => "DROP_VIEW",
        DropStatement => "DROP_TABLE",
        _ => "SCRIPT",
    };

    private StatementOutcome Select(Query query, QuerySession session, QueryRequest request, CancellationToken cancelled)
    {
        using var prepared = engine.Prepare(query, session);
        var result = QueryResult.Run(prepared, folder, cancelled);
        try
        {
            if (request.To is { } to)
            {
                Write(result, to with { Definition = QuerySchema.Definition(result.Columns) });
            }
        }
        catch
        {
            result.Dispose();
            throw;
        }

        return new StatementOutcome("SELECT") { Columns = prepared.Columns, Referenced = prepared.Referenced, Result = result };
    }

    /// <summary>Puts a result into the table that a client has named for it.</summary>
    private void Write(QueryResult result, Destination to) => Repeat(to.Address, () =>
    {
        var target = database.Read(session => TableTarget.Find(session, to));
        var places = target.Schema.Columns.Select(column => result.Columns.ToList().FindIndex(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))).ToList();
        var arranger = new RowArranger(places);
        return Write(session => target.Claim(session, Now) is { } tableKey
            ? TableStatements.Append(session, tableKey, target.Schema, result.Lines().Select(arranger.Arrange), first => target.CheckRows(session, tableKey, first))
            : null);
    });

    private StatementOutcome Change(ChangeStatement statement, QuerySession session, CancellationToken cancelled)
    {
        StatementOutcome? outcome = null;
        var counts = Repeat(statement.Table.Path[^1], () =>
        {
            var (query, table, version) = engine.Prepare(statement, session);
            using (query)
            {
                using var changes = QueryResult.Run(query, folder, cancelled);
                outcome = new StatementOutcome(TypeOf(statement)) { Referenced = query.Referenced };
                return Write(writer => Commit(writer, changes, table, statement is InsertStatement ? null : version, session.Project));
            }
        });
        return outcome! with { Changes = counts };
    }

    private ChangeCounts? Commit(SqlSession session, QueryResult changes, QueriedTable table, long? version, string project)
    {
        if (TableCatalog.Find(session, table.DatasetId, table.TableId) is not { } stored || !Equals(QueriedTable.Of(stored).Columns, table.Columns) || stored.TableKey != table.Key
            || (version is not null && version != RowStore.Version(session, table.Key)))
        {
            return null;
        }

        using var commit = new ChangeCommit(session, $"{project}.{table.DatasetId}.{table.TableId}", table.Key, TableSchema.Of(ResourceJson.Parse(stored.Resource)), buffer);
        return commit.Apply(changes.Lines());
    }

    private static bool Equals(IReadOnlyList<TableColumn> a, IReadOnlyList<TableColumn> b) => a.SequenceEqual(b);

    private StatementOutcome Truncate(TruncateStatement truncate, QuerySession session)
    {
        var path = TablePath.Require(truncate.Table.Path, session.Project, session.DefaultDataset, truncate.Table.Position);
        var removed = Write(writer =>
        {
            var table = TableStatements.Find(writer, path) ?? throw ApiException.NotFound("Table", path);
            TableStatements.RequireKind(path, table, TableKinds.Table);
            var count = RowStore.Count(writer, table.TableKey);
            if (buffer.Of(writer, table.TableKey) is not null)
            {
                throw new ApiException(400, "invalidQuery", $"TRUNCATE TABLE statement over table {path.Project}.{path.Dataset}.{path.Table} would affect rows in the streaming buffer, which is not supported", "query");
            }

            RowStore.Clear(writer, table.TableKey);
            return count;
        });
        return new StatementOutcome("TRUNCATE_TABLE") { Referenced = [path], Changes = new ChangeCounts(0, 0, removed) };
    }

    private static T Repeat<T>(object table, Func<T?> attempt)
        where T : class
    {
        for (var i = 0; i < MaximumAttempts; i++)
        {
            if (attempt() is { } done)
            {
                return done;
            }
        }

        throw new ApiException(400, "invalidQuery", $"Transaction is aborted due to concurrent update against table {table}.", "query");
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private T Write<T>(Func<SqlSession, T> work) => writes.RunAsync(work, CancellationToken.None).GetAwaiter().GetResult();
}
