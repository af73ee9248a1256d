using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Engine;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// Answers <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax">GoogleSQL</see> queries
/// over the local BigQuery's rows: parsed, bound, written as DuckDB's SQL and run there. What is supported is listed in
/// <c>docs/local-bigquery.md</c>; anything else is an error that names the construct and its place, never a wrong answer.
/// A query cannot change anything, nor read anything but the tables.
/// </summary>
/// <param name="database">Whose rows are read.</param>
/// <param name="folder">Where the engine keeps its columns, for as long as it is there.</param>
/// <param name="time">Gives CURRENT_TIMESTAMP.</param>
internal sealed class GoogleSqlEngine(Database database, ScratchFolder folder, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private EngineDatabase? _engine;
    private ColumnStore? _store;

    /// <summary>Checks the statement against the tables there are and makes it ready to run.</summary>
    /// <param name="sql">One SELECT statement, of at most 1,048,576 characters, after functions and variables of its own.</param>
    /// <param name="parameters">For <c>@name</c> and, in their order, for <c>?</c>.</param>
    /// <param name="project">The project of tables whose name leaves it out. All projects have the same datasets, as everywhere in the local BigQuery.</param>
    /// <param name="defaultDataset">The dataset of tables whose name leaves it out; null for none.</param>
    /// <returns>Holds a moment of the tables: dispose it.</returns>
    /// <exception cref="GoogleSqlException">The statement is wrong or not supported, or names what does not exist.</exception>
    public PreparedQuery Prepare(string sql, IReadOnlyList<QueryParameter> parameters, string project, string? defaultDataset)
    {
        var script = QueryParser.ParseScript(sql);
        var (engine, store) = Engine();
        return database.Snapshot(rows =>
        {
            var statement = new StatementContext(new QueryCatalog(rows, engine, store), project, defaultDataset, parameters, Timestamp.Of(time.GetUtcNow().UtcDateTime))
            {
                Functions = script.Functions,
                Variables = Variables(script, parameters, project, rows, engine, store),
            };
            return Prepare(script.Query, statement, rows, engine, store);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _engine?.Dispose();

    private PreparedQuery Prepare(Query query, StatementContext statement, SqlSession rows, EngineDatabase engine, ColumnStore store)
    {
        var arena = new Arena(new IdSource());
        var relation = new QueryBinder(statement).Bind(query, new Scope(arena, null, new Dictionary<string, Relation>()));
        var columns = relation.Columns.Where(c => !c.IsHidden).Select(c => new QueryColumn(c.Name, c.Type)).ToList();
        CheckNames(columns);
        var writer = new EngineWriter();
        var text = writer.RenderQuery(arena, relation);
        var session = engine.Open();
        try
        {
            engine.Add(session, writer.Functions);
            store.Begin(rows, statement.Catalog.Read, session);
            return new PreparedQuery(session, session.Prepare(text), columns, statement.Referenced, Failed);
        }
        catch
        {
            Failed(session);
            session.Dispose();
            throw;
        }
    }

    // The values of DECLARE, each of an expression that sees those before it.
    private Dictionary<string, Constant> Variables(Script script, IReadOnlyList<QueryParameter> parameters, string project, SqlSession rows, EngineDatabase engine, ColumnStore store)
    {
        var variables = new Dictionary<string, Constant>(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in script.Variables)
        {
            var context = new StatementContext(new QueryCatalog(rows, engine, store), project, null, parameters, Timestamp.Of(time.GetUtcNow().UtcDateTime))
            {
                Functions = script.Functions,
                Variables = variables,
            };
            var value = variable.Type is null ? variable.Value! : new CastExpression(variable.Position, variable.Value ?? new LiteralExpression(variable.Position, SqlType.Null, null), variable.Type, false);
            var query = new Query(variable.Position, [], new SelectBody(variable.Position, false, [new ExpressionItem(variable.Position, value, null)]), [], null, null);
            using var prepared = Prepare(query, context, rows, engine, store);
            foreach (var name in variable.Names)
            {
                variables[name] = new Constant(prepared.Columns[0].Type, variable.Position, prepared.Execute(CancellationToken.None).Single()[0], isLiteral: false);
            }
        }

        return variables;
    }

    private (EngineDatabase Engine, ColumnStore Store) Engine()
    {
        lock (_gate)
        {
            _engine ??= new EngineDatabase(folder.NewPath());
            _store ??= new ColumnStore(_engine);
            return (_engine, _store);
        }
    }

    // An engine that has found a fault in itself is replaced: what it has is but a copy.
    private void Failed(EngineSession session)
    {
        if (!session.IsBroken)
        {
            return;
        }

        lock (_gate)
        {
            (_engine, _store) = (null, null);
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
