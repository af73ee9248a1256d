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
        ["COALESCE"] = (1, 1_000),
        ["GREATEST"] = (1, 1_000),
        ["LEAST"] = (1, 1_000),
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
        List<Bound> operands = [.. conditions.SelectMany((c, i) => (Bound[])[c, unified[i]])];
        return Case(unified[0].Type, choice.Position, choice.Else is null ? operands : [.. operands, unified[^1]]);
    }

    private static OperationNode BindIf(ExpressionBinder binder, CallExpression call)
    {
        var condition = binder.Condition(call.Arguments[0], "condition of IF");
        var results = Coercion.Unify([binder.Bind(call.Arguments[1]), binder.Bind(call.Arguments[2])], "function IF", call.Position);
        return Case(results[0].Type, call.Position, condition, results[0], results[1]);
    }

    private static Bound BindChoice(CallExpression call, IReadOnlyList<Bound> values)
    {
        var type = values[0].Type;
        if (call.Name == "NULLIF")
        {
            return Case(type, call.Position, Comparisons.Compare("=", values[0], values[1], call.Position), Coercion.To(new Constant(SqlType.Null, call.Position, null), type), values[0]);
        }

        if (call.Name is not ("GREATEST" or "LEAST"))
        {
            return values.Count == 1 ? values[0] : new OperationNode(Operation.Coalesce, type, call.Position, values);
        }

        if (!type.IsComparable)
        {
            throw new GoogleSqlException($"No matching signature for function {call.Name} for argument types: {string.Join(", ", values.Select(v => v.Type.Name()))}", call.Position);
        }

        var chosen = new OperationNode(call.Name == "GREATEST" ? Operation.Greatest : Operation.Least, type, call.Position, values);
        return type == SqlType.Float64 ? WithNaN(chosen) : values.Count == 1 ? values[0] : chosen;
    }

    // One NaN makes it NaN, where no value is NULL.
    private static OperationNode WithNaN(OperationNode chosen)
    {
        var isNaN = Functions.FunctionTable.Find("IS_NAN")[0];
        var any = new OperationNode(Operation.Or, SqlType.Bool, chosen.Position, [.. chosen.Children.Select(v => new FunctionCall(isNaN, chosen.Position, [v]))]);
        var nulls = new OperationNode(Operation.Or, SqlType.Bool, chosen.Position, [.. chosen.Children.Select(v => new OperationNode(Operation.IsNull, SqlType.Bool, chosen.Position, v))]);
        return Case(SqlType.Float64, chosen.Position, nulls, new Constant(SqlType.Float64, chosen.Position, null), any, new Constant(SqlType.Float64, chosen.Position, double.NaN), chosen);
    }

    private static OperationNode Case(DataType type, SourcePosition position, params IReadOnlyList<Bound> operands) => new(Operation.Case, type, position, operands);
}
