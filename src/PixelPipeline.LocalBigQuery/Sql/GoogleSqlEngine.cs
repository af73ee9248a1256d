using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Catalog;
using PixelPipeline.LocalBigQuery.Sql.Engine;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// Answers <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax">GoogleSQL</see> queries
/// over the local BigQuery's rows: parsed, bound, written as DuckDB's SQL and run there. What is supported is listed in
/// <c>docs/local-bigquery.md</c>; anything else is an error that names the construct and its place, never a wrong answer.
/// It reads nothing but the tables, and changes nothing: of a statement that does, it gives the changes.
/// </summary>
/// <param name="database">Whose rows are read.</param>
/// <param name="folder">Where the engine keeps its columns, for as long as it is there.</param>
/// <param name="time">Gives CURRENT_TIMESTAMP.</param>
internal sealed class GoogleSqlEngine(Database database, ScratchFolder folder, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ReaderWriterLockSlim _renewing = new(LockRecursionPolicy.SupportsRecursion);
    private EngineDatabase? _engine;
    private ColumnStore? _store;

    /// <summary>Makes one query ready to run, after functions and variables of its own.</summary>
    /// <param name="sql">At most 1,048,576 characters.</param>
    /// <param name="parameters">For <c>@name</c> and, in their order, for <c>?</c>.</param>
    /// <param name="project">The project of tables whose name leaves it out.</param>
    /// <param name="defaultDataset">The dataset of tables whose name leaves it out; null for none.</param>
    /// <returns>Holds a moment of the tables: dispose it.</returns>
    /// <exception cref="GoogleSqlException">The statement is wrong, not supported or no query, or names what does not exist.</exception>
    public PreparedQuery Prepare(string sql, IReadOnlyList<QueryParameter> parameters, string project, string? defaultDataset)
    {
        var statements = ScriptParser.Parse(sql);
        var session = new QuerySession(parameters, project, defaultDataset);
        foreach (var statement in statements.SkipLast(1).Where(statement => !TryDefine(statement, session)))
        {
            throw new GoogleSqlException("Not supported here: more than one query", statement.Position);
        }

        return statements[^1] is QueryStatement query
            ? Prepare(query.Query, session)
            : throw new GoogleSqlException("Not supported here: a statement that is no query", statements[^1].Position);
    }

    /// <summary>Checks a query against the tables there are and makes it ready to run.</summary>
    /// <returns>Holds a moment of the tables: dispose it.</returns>
    /// <exception cref="GoogleSqlException">The query is wrong or not supported, or names what does not exist.</exception>
    public PreparedQuery Prepare(Query query, QuerySession session) => Prepare(session, (statement, scope, _) =>
    {
        var relation = new QueryBinder(statement).Bind(query, scope);
        CheckNames(relation);
        return (relation, true);
    }).Query;

    /// <summary>Makes a statement that changes rows ready to run.</summary>
    /// <returns>Dispose its query.</returns>
    /// <exception cref="GoogleSqlException">It is wrong or not supported, or names what does not exist.</exception>
    public PreparedChange Prepare(ChangeStatement change, QuerySession session)
    {
        var (query, target) = Prepare(session, (statement, scope, rows) =>
        {
            var table = TargetOf(change, statement);
            return (new ChangeBinder(statement, new QueryBinder(statement), table).Bind(change, scope), (Table: table, Version: RowStore.Version(rows, table.Key)));
        });
        return new PreparedChange(query, target.Table, target.Version);
    }

    /// <summary>Does what a statement says that names something for those behind it: a function, or a variable.</summary>
    /// <returns>False when it is no such statement.</returns>
    /// <exception cref="GoogleSqlException">A value cannot be computed or does not fit its variable.</exception>
    public bool TryDefine(Statement statement, QuerySession session)
    {
        switch (statement)
        {
            case FunctionStatement { Function: var function }:
                session.Functions[function.Name] = function;
                return true;
            case DeclareStatement declare:
                var initial = declare.Value ?? new LiteralExpression(declare.Position, SqlType.Null, null);
                var value = Evaluate(declare.Type is null ? initial : new CastExpression(declare.Position, initial, declare.Type, false), session);
                foreach (var name in declare.Names)
                {
                    session.Variables[name] = session.Variables.ContainsKey(name) ? throw new GoogleSqlException($"Variable '{name}' redeclaration", declare.Position) : value;
                }

                return true;
            case SetStatement set:
                var old = session.Variables.GetValueOrDefault(set.Name) ?? throw new GoogleSqlException($"Undeclared variable: {set.Name}", set.Position);
                session.Variables[set.Name] = Evaluate(new CastExpression(set.Position, set.Value, old.Type, false), session);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The value of an expression by itself.</summary>
    /// <exception cref="GoogleSqlException">It cannot be computed.</exception>
    public Constant Evaluate(Expression value, QuerySession session)
    {
        var position = value.Position;
        using var prepared = Prepare(new Query(position, [], new SelectBody(position, false, [new ExpressionItem(position, value, null)]), [], null, null), session);
        return new Constant(prepared.Columns[0].Type, position, prepared.Execute(CancellationToken.None).Single()[0], isLiteral: false);
    }

    /// <summary>
    /// Removes the columns, which have in them what was deleted from the rows since; the next query makes them anew. Queries
    /// under way go on over what they have, unless they need the disk.
    /// </summary>
    public void Renew()
    {
        _renewing.EnterWriteLock();
        try
        {
            _engine?.Dispose();
            (_engine, _store) = (null, null);
        }
        finally
        {
            _renewing.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        _renewing.Dispose();
    }

    private static QueriedTable TargetOf(ChangeStatement change, StatementContext statement)
    {
        var item = change.Table;
        var path = TablePath.Require(item.Path, statement.Project, statement.DefaultDataset, item.Position);
        var table = path.Table.Contains('*', StringComparison.Ordinal)
            ? throw new GoogleSqlException("Not supported: a wildcard as the table of a statement that changes rows", item.Position)
            : statement.Catalog.Find(path, item.Position);
        return table.Kind == TableKinds.Table
            ? table
            : throw new GoogleSqlException($"{path} is not allowed for this operation because it is currently a {table.Kind}.", item.Position);
    }

    private (PreparedQuery Query, T More) Prepare<T>(QuerySession session, Func<StatementContext, Scope, SqlSession, (Relation Relation, T More)> bind)
    {
        _renewing.EnterReadLock();
        try
        {
            return PrepareNow(session, bind);
        }
        finally
        {
            _renewing.ExitReadLock();
        }
    }

    private (PreparedQuery Query, T More) PrepareNow<T>(QuerySession session, Func<StatementContext, Scope, SqlSession, (Relation Relation, T More)> bind)
    {
        var (engine, store) = Engine();
        return database.Snapshot(rows =>
        {
            var statement = new StatementContext(new QueryCatalog(rows, engine, store), session, Timestamp.Of(time.GetUtcNow().UtcDateTime));
            var arena = new Arena(new NodeIds());
            var (relation, more) = bind(statement, new Scope(arena, null, new Dictionary<string, Relation>()), rows);
            var writer = new EngineWriter();
            var text = writer.RenderQuery(arena, relation);
            var connection = engine.Open();
            try
            {
                engine.Add(connection, writer.Functions);
                store.Begin(rows, statement.Catalog.Read, connection);
                return (new PreparedQuery(connection, connection.Prepare(text), Visible(relation), statement.Referenced, Failed), more);
            }
            catch
            {
                Failed(connection);
                connection.Dispose();
                throw;
            }
        });
    }

    private static List<QueryColumn> Visible(Relation relation) => [.. relation.Columns.Where(c => !c.IsHidden).Select(c => new QueryColumn(c.Name, c.Type))];

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

    private static void CheckNames(Relation relation)
    {
        var twice = Visible(relation).GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        if (twice.Count > 0)
        {
            throw new GoogleSqlException($"Duplicate column names in the result are not supported. Found duplicate(s): {string.Join(", ", twice)}");
        }
    }
}
