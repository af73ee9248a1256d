using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>Runs the statements of one request, one after the other. What a statement has written stays when a later one fails.</summary>
internal sealed class ScriptRun(GoogleSqlEngine engine, StatementRunner runner, QueryRequest request, CancellationToken cancelled)
{
    private readonly QuerySession _session = new(request.Parameters, request.ProjectId, request.DefaultDataset);
    private StatementOutcome? _last;

    /// <summary>Runs them.</summary>
    /// <returns>What the one statement came to; of several the last result there was.</returns>
    /// <exception cref="GoogleSqlException">A statement is wrong, or fails on the data.</exception>
    /// <exception cref="ApiException">A statement is refused.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public StatementOutcome Run()
    {
        var statements = ScriptParser.Parse(request.Sql);
        var isScript = statements.Count(s => s is not FunctionStatement) != 1 || statements[^1] is BlockStatement or IfStatement or DeclareStatement or SetStatement;
        if (request.To is not null && (isScript || statements[^1] is not QueryStatement))
        {
            throw ApiException.Invalid("configuration.query.destinationTable cannot be set for scripts and statements that are no query", "destinationTable");
        }

        if (request.DryRun)
        {
            return Check(statements, isScript);
        }

        try
        {
            Run(statements);
        }
        catch
        {
            _last?.Result?.Dispose();
            throw;
        }

        return isScript ? (_last ?? new StatementOutcome("")) with { Type = "SCRIPT", Changes = null, Definition = null } : _last!;
    }

    private StatementOutcome Check(IReadOnlyList<Statement> statements, bool isScript)
    {
        foreach (var statement in statements.SkipLast(1))
        {
            if (!engine.TryDefine(statement, _session))
            {
                return new StatementOutcome("SCRIPT"); // what is behind it may depend on what it writes
            }
        }

        return engine.TryDefine(statements[^1], _session) || isScript && statements[^1] is not QueryStatement
            ? new StatementOutcome("SCRIPT")
            : runner.Check(statements[^1], _session);
    }

    private void Run(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
        {
            cancelled.ThrowIfCancellationRequested();
            Run(statement);
        }
    }

    private void Run(Statement statement)
    {
        switch (statement)
        {
            case BlockStatement block:
                var around = _session.Variables.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
                Run(block.Body);
                foreach (var inner in _session.Variables.Keys.Where(name => !around.Contains(name)).ToList())
                {
                    _session.Variables.Remove(inner);
                }

                break;
            case IfStatement branches:
                Run(branches.Branches.FirstOrDefault(branch => branch.Condition is null || engine.Evaluate(branch.Condition, _session).Value is true).Body ?? []);
                break;
            case var _ when engine.TryDefine(statement, _session):
                break;
            default:
                Keep(runner.Run(statement, _session, request, cancelled));
                break;
        }
    }

    // Of a script the rows of the last query are its result.
    private void Keep(StatementOutcome outcome)
    {
        if (outcome.Result is null && _last?.Result is not null)
        {
            return;
        }

        _last?.Result?.Dispose();
        _last = outcome;
    }
}
