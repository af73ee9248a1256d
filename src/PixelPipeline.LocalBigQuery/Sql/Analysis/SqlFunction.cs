using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>A function of <c>CREATE TEMP FUNCTION name(x TYPE) AS (expression)</c>: a call is its expression over the arguments.</summary>
internal sealed record SqlFunction(string Name, IReadOnlyList<(string Name, DataType? Type)> Parameters, DataType? Result, Expression Body)
{
    /// <summary>The call, resolved.</summary>
    /// <exception cref="GoogleSqlException">The arguments do not fit.</exception>
    public Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        var arguments = call.Arguments.Select(binder.Bind).ToList();
        if (arguments.Count != Parameters.Count || arguments.Where((a, i) => Parameters[i].Type is { } type && Coercion.Cost(a, type) is null).Any())
        {
            throw FunctionCalls.NoSignature($"function {Name}", arguments, call.Position);
        }

        var aliases = new Dictionary<string, Bound?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            aliases[Parameters[i].Name] = Parameters[i].Type is { } type ? Coercion.To(arguments[i], type) : arguments[i];
        }

        var body = binder.In(new Clause($"body of function {Name}", Aliases: aliases, AliasesWin: true)).Bind(Body);
        return Result is null ? body
            : Coercion.Cost(body, Result) is null ? throw new GoogleSqlException($"Function {Name} declared to return {Result.Name()} returns {body.Type.Name()}", call.Position)
            : Coercion.To(body, Result);
    }
}
