using System.Collections.Frozen;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>CASE and the functions that take any type and choose among their arguments.</summary>
internal static class Conditionals
{
    /// <summary>The functions, with the least and the most arguments of each.</summary>
    private static readonly FrozenDictionary<string, (int Least, int Most)> Arity = new Dictionary<string, (int, int)>
    {
        ["IF"] = (3, 3),
        ["IFNULL"] = (2, 2),
        ["NULLIF"] = (2, 2),
        ["COALESCE"] = (1, 100),
        ["GREATEST"] = (1, 100),
        ["LEAST"] = (1, 100),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Names => Arity.Keys;

    /// <summary>The call, when it is of one of these functions; null otherwise.</summary>
    public static Bound? TryBind(ExpressionBinder binder, CallExpression call)
    {
        if (!Arity.TryGetValue(call.Name, out var arity))
        {
            return null;
        }

        if (call.Arguments.Count < arity.Least || call.Arguments.Count > arity.Most || call.Star || call.Distinct)
        {
            throw new GoogleSqlException($"Number of arguments does not match for function {call.Name}", call.Position);
        }

        return call.Name == "IF" ? BindIf(binder, call) : BindChoice(call, Coercion.Unify([.. call.Arguments.Select(binder.Bind)], $"function {call.Name}", call.Position));
    }

    public static Bound Bind(ExpressionBinder binder, CaseExpression choice)
    {
        var operand = choice.Operand is null ? null : binder.Bind(choice.Operand);
        var conditions = choice.Branches.Select(b => operand is null
            ? binder.Condition(b.When, "WHEN condition")
            : Comparisons.Compare("=", operand, binder.Bind(b.When), b.When.Position)).ToList();
        List<Bound> results = [.. choice.Branches.Select(b => binder.Bind(b.Then))];
        if (choice.Else is not null)
        {
            results.Add(binder.Bind(choice.Else));
        }

        var unified = Coercion.Unify(results, "operator CASE", choice.Position);
        List<object> parts = ["CASE"];
        for (var i = 0; i < conditions.Count; i++)
        {
            parts.AddRange([" WHEN ", conditions[i], " THEN ", unified[i]]);
        }

        return ExpressionBinder.Composite(unified[0].Type, choice.Position, [.. parts, .. choice.Else is null ? Array.Empty<object>() : [" ELSE ", unified[^1]], " END"]);
    }

    private static Composite BindIf(ExpressionBinder binder, CallExpression call)
    {
        var condition = binder.Condition(call.Arguments[0], "condition of IF");
        var results = Coercion.Unify([binder.Bind(call.Arguments[1]), binder.Bind(call.Arguments[2])], "function IF", call.Position);
        return ExpressionBinder.Composite(results[0].Type, call.Position, "CASE WHEN ", condition, " THEN ", results[0], " ELSE ", results[1], " END");
    }

    private static Bound BindChoice(CallExpression call, IReadOnlyList<Bound> values)
    {
        var type = values[0].Type;
        if (call.Name == "NULLIF")
        {
            return ExpressionBinder.Composite(type, call.Position, "CASE WHEN ", Comparisons.Compare("=", values[0], values[1], call.Position), " THEN NULL ELSE ", values[0], " END");
        }

        if (values.Count == 1)
        {
            return values[0];
        }

        if (call.Name is "GREATEST" or "LEAST" && (type is SqlType.Float64 or SqlType.Numeric))
        {
            throw new GoogleSqlException($"Not supported: {call.Name} of {type.Name()}", call.Position);
        }

        // With many arguments SQLite's max and min are functions, NULL when one argument is: GREATEST and LEAST.
        var function = call.Name switch { "GREATEST" => "max", "LEAST" => "min", _ => "coalesce" };
        return ExpressionBinder.Composite(type, call.Position, [$"{function}(", .. values.SelectMany((v, i) => i == 0 ? (object[])[v] : [", ", v]), ")"]);
    }
}
