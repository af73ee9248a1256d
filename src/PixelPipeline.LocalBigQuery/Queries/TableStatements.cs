using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Rows;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>Runs the statements that make and remove tables and views.</summary>
internal sealed class TableStatements(GoogleSqlEngine engine, WriteQueue writes, TimeProvider time)
{
    /// <summary>Runs one without rows.</summary>
    /// <exception cref="GoogleSqlException">It is wrong.</exception>
    /// <exception cref="ApiException">409, 404 or 400: what it makes is there, what it removes is not, or is something else.</exception>
    public StatementOutcome Run(DefinitionStatement statement, QuerySession session) => statement switch
    {
        CreateStatement create => Create(create, session, null),
        DropStatement drop => Drop(drop, session),
        _ => throw new GoogleSqlException("Not supported: this statement", statement.Position),
    };

    /// <summary>Makes a table or view, with the rows of a query that ran where there is one.</summary>
    public StatementOutcome Create(CreateStatement create, QuerySession session, QueryResult? rows)
    {
        var path = PathOf(create, session);
        var (dataset, table) = (ResourceIds.Dataset(path.Dataset), ResourceIds.Table(path.Table));
        var definition = TableDefinition.New(CreateJson.Body(create, rows?.Columns, engine, session));
        if (create.IsView)
        {
            ViewSchema.Check(engine, path.Project, definition.Resource);
        }

        var operation = Write(writer =>
        {
            var existing = Find(writer, path);
            if (existing is not null && create.IsOptional)
            {
                return "SKIP";
            }

            if (existing is not null && create.Replaces)
            {
                RequireKind(path, existing, definition.Kind);
                TableCatalog.Remove(writer, existing.TableKey);
            }

            var tableKey = TableCatalog.TryAdd(writer, dataset, table, definition.Kind, definition.Resource.ToJsonString(), time.GetUtcNow().ToUnixTimeMilliseconds())
                ?? throw ApiException.Duplicate("Table", path);
            if (rows is not null)
            {
                Append(writer, tableKey, TableSchema.Of(definition.Resource), rows.Lines());
            }

            return existing is null ? "CREATE" : "REPLACE";
        });
        return new StatementOutcome(StatementRunner.TypeOf(create)) { Definition = (operation, path) };
    }

    /// <summary>Adds rows, in their stored form, at the end of a table.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="tableKey">The table.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="rows">The rows, UTF-8.</param>
    /// <param name="check">Looks at what was added, from this number on.</param>
    public static ChangeCounts Append(SqlSession session, long tableKey, TableSchema schema, IEnumerable<ReadOnlyMemory<byte>> rows, Action<long>? check = null)
    {
        using var appender = new RowAppender(session, tableKey);
        var (count, bytes) = (0L, 0L);
        foreach (var row in rows)
        {
            bytes += RowSize.Of(schema, row.Span, out var missing);
            if (missing is not null)
            {
                throw new ApiException(400, "invalidQuery", $"Required field {missing} cannot be null", "query");
            }

            appender.Add(row.Span);
            count++;
        }

        check?.Invoke(appender.First);
        appender.AddBytes(bytes);
        return new ChangeCounts(count, 0, 0);
    }

    /// <summary>The table or view of this name; null when there is none in its dataset.</summary>
    /// <exception cref="ApiException">404: there is no such dataset.</exception>
    public static StoredTable? Find(SqlSession session, TablePath path) => DatasetCatalog.Exists(session, path.Dataset)
        ? TableCatalog.Find(session, path.Dataset, path.Table)
        : throw ApiException.NotFound("Dataset", $"{path.Project}:{path.Dataset}");

    /// <summary>Refuses a view where a table is meant, and the other way about.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void RequireKind(TablePath path, StoredTable table, string kind)
    {
        if (table.Kind != kind)
        {
            throw ApiException.Invalid($"{path} is not allowed for this operation because it is currently a {table.Kind}.");
        }
    }

    private StatementOutcome Drop(DropStatement drop, QuerySession session)
    {
        var path = PathOf(drop, session);
        var operation = Write(writer =>
        {
            if (Find(writer, path) is not { } table)
            {
                return drop.IsOptional ? "SKIP" : throw ApiException.NotFound("Table", path);
            }

            RequireKind(path, table, drop.IsView ? TableKinds.View : TableKinds.Table);
            TableCatalog.Remove(writer, table.TableKey);
            return "DROP";
        });
        return new StatementOutcome(StatementRunner.TypeOf(drop)) { Definition = (operation, path) };
    }

    private static TablePath PathOf(DefinitionStatement statement, QuerySession session) =>
        TablePath.Require(statement.Path, session.Project, session.DefaultDataset, statement.Position);

    private T Write<T>(Func<SqlSession, T> work) => writes.RunAsync(work, CancellationToken.None).GetAwaiter().GetResult();
}
