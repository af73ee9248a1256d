using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Calls of the functions that a query makes for itself: the function's expression over the arguments.</summary>
internal static class SqlFunctionCalls
{
    /// <summary>The call, resolved.</summary>
    /// <exception cref="GoogleSqlException">The arguments do not fit.</exception>
    public static Bound Bind(SqlFunction function, ExpressionBinder binder, CallExpression call)
    {
        var arguments = call.Arguments.Select(binder.Bind).ToList();
        if (arguments.Count != function.Parameters.Count || arguments.Where((a, i) => function.Parameters[i].Type is { } type && Coercion.Cost(a, type) is null).Any())
        {
            throw FunctionCalls.NoSignature($"function {function.Name}", arguments, call.Position);
        }

        var aliases = new Dictionary<string, Bound?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            aliases[function.Parameters[i].Name] = function.Parameters[i].Type is { } type ? Coercion.To(arguments[i], type) : arguments[i];
        }

        var body = binder.In(new Clause($"body of function {function.Name}", Aliases: aliases, AliasesWin: true)).Bind(function.Body);
        return function.Result is null ? body
            : Coercion.Cost(body, function.Result) is null ? throw new GoogleSqlException($"Function {function.Name} declared to return {function.Result.Name()} returns {body.Type.Name()}", call.Position)
            : Coercion.To(body, function.Result);
    }
}
