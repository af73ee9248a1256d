using System.Collections;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Comparisons, BETWEEN and IN. Both sides have to have one type; FLOAT64 compares by functions that know NaN, NUMERIC
/// by functions too but for equality, since equal ones have equal texts; all else as SQLite does.
/// </summary>
internal static class Comparisons
{
    private const int MaxList = 10_000;

    public static Bound Bind(ExpressionBinder binder, OperatorExpression comparison) =>
        Compare(comparison.Operator, binder.Bind(comparison.Operands[0]), binder.Bind(comparison.Operands[1]), comparison.Position);

    public static Bound Bind(ExpressionBinder binder, BetweenExpression between)
    {
        var sides = Coercion.Unify([binder.Bind(between.Value), binder.Bind(between.Low), binder.Bind(between.High)], "operator BETWEEN", between.Position);
        return HasFunctions(sides[0].Type)
            ? Bool(between.Position, "(", Compare(">=", sides[0], sides[1], between.Position), " AND ", Compare("<=", sides[0], sides[2], between.Position), ")")
            : Bool(between.Position, "(", sides[0], " BETWEEN ", sides[1], " AND ", sides[2], ")");
    }

    public static Bound Bind(ExpressionBinder binder, InListExpression list) =>
        In(binder.Bind(list.Value), [.. list.List.Select(binder.Bind)], list.Position);

    public static Bound Bind(ExpressionBinder binder, InUnnestExpression unnest)
    {
        var parameter = binder.Statement.Parameter(unnest.Array);
        if (parameter.Value is not IEnumerable values || parameter.Value is string or byte[])
        {
            throw new GoogleSqlException($"Values referenced in UNNEST must be arrays. UNNEST contains expression of type {parameter.Type.Name()}", unnest.Array.Position);
        }

        var constants = values.Cast<object?>().Select(v => (Bound)new Constant(parameter.Type, unnest.Array.Position, v)).ToList();
        return constants.Count == 0
            ? new Constant(SqlType.Bool, unnest.Position, false)
            : In(binder.Bind(unnest.Value), constants, unnest.Position);
    }

    public static Composite BindInQuery(Bound value, SubqueryBound query, SourcePosition position)
    {
        if (value.Type != query.Type && value.Type != SqlType.Null && query.Type != SqlType.Null)
        {
            throw new GoogleSqlException($"Not supported: IN with a subquery of another type: {value.Type.Name()} IN {query.Type.Name()}", position);
        }

        return value.Type == SqlType.Float64
            ? throw new GoogleSqlException("Not supported: IN with a subquery of FLOAT64", position)
            : Bool(position, "(", value, " IN ", query, ")");
    }

    /// <summary>Compares two values.</summary>
    public static Bound Compare(string symbol, Bound left, Bound right, SourcePosition position)
    {
        var sides = Coercion.Unify([left, right], $"operator {symbol}", position);
        if (!HasFunctions(sides[0].Type) || (sides[0].Type == SqlType.Numeric && symbol is "=" or "!="))
        {
            return Bool(position, "(", sides[0], $" {symbol} ", sides[1], ")");
        }

        var function = FunctionTable.Find(symbol).First(f => f.Parameters[0] == sides[0].Type);
        return Bool(position, function, "(", sides[0], ", ", sides[1], ")");
    }

    private static Composite In(Bound value, List<Bound> list, SourcePosition position)
    {
        if (list.Count > MaxList)
        {
            throw new GoogleSqlException($"Not supported: more than {MaxList} values in IN", position);
        }

        var sides = Coercion.Unify([value, .. list], "operator IN", position);
        List<object> parts = ["("];
        if (sides[0].Type == SqlType.Float64)
        {
            for (var i = 1; i < sides.Count; i++)
            {
                parts.AddRange([i == 1 ? "" : " OR ", Compare("=", sides[0], sides[i], position)]);
            }

            return Bool(position, [.. parts, ")"]);
        }

        parts.AddRange([sides[0], " IN ("]);
        for (var i = 1; i < sides.Count; i++)
        {
            parts.AddRange([i == 1 ? "" : ", ", sides[i]]);
        }

        return Bool(position, [.. parts, "))"]);
    }

    // A collation would do for NUMERIC, but SQLite carries it on to the texts of a CASE around the comparison.
    private static bool HasFunctions(SqlType type) => type is SqlType.Float64 or SqlType.Numeric;

    private static Composite Bool(SourcePosition position, params IReadOnlyList<object> parts) => ExpressionBinder.Composite(SqlType.Bool, position, parts);
}
