using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Comparisons, BETWEEN, IN and LIKE. Both sides have to have one type; FLOAT64 compares by functions, since NaN is not equal to
/// itself in GoogleSQL and is in the engine; all else as the engine does.
/// </summary>
internal static class Comparisons
{
    private const int MaxList = 10_000;

    public static Bound Bind(ExpressionBinder binder, OperatorExpression comparison) =>
        Compare(comparison.Operator, binder.Bind(comparison.Operands[0]), binder.Bind(comparison.Operands[1]), comparison.Position);

    public static Bound Bind(ExpressionBinder binder, BetweenExpression between)
    {
        var sides = Coercion.Unify([binder.Bind(between.Value), binder.Bind(between.Low), binder.Bind(between.High)], "operator BETWEEN", between.Position);
        return sides[0].Type == SqlType.Float64
            ? Bool(Operation.And, between.Position, Compare(">=", sides[0], sides[1], between.Position), Compare("<=", sides[0], sides[2], between.Position))
            : Bool(Operation.Between, between.Position, [.. Comparable(sides, "BETWEEN", between.Position)]);
    }

    public static Bound Bind(ExpressionBinder binder, InListExpression list) =>
        In(binder.Bind(list.Value), [.. list.List.Select(binder.Bind)], list.Position);

    public static Bound Bind(ExpressionBinder binder, InUnnestExpression unnest)
    {
        var (value, array) = (binder.Bind(unnest.Value), binder.Bind(unnest.Array));
        if (array is Constant { Value: object?[] values } constant && array.Type.IsArray)
        {
            var constants = values.Select(v => (Bound)new Constant(constant.Type.Element!, unnest.Array.Position, v)).ToList();
            return constants.Count == 0 ? new Constant(SqlType.Bool, unnest.Position, false) : In(value, constants, unnest.Position);
        }

        if (!array.Type.IsArray)
        {
            throw new GoogleSqlException($"Values referenced in UNNEST must be arrays. UNNEST contains expression of type {array.Type.Name()}", unnest.Array.Position);
        }

        if (array is OperationNode { Operation: Operation.Array, Children.Count: > 0 } made)
        {
            return In(value, [.. made.Children], unnest.Position);
        }

        return value.Type == array.Type.Element && value.Type.IsComparable && value.Type != SqlType.Float64
            ? Bool(Operation.InArray, unnest.Position, value, array)
            : throw new GoogleSqlException($"Not supported: {value.Type.Name()} IN UNNEST of {array.Type.Name()}", unnest.Position);
    }

    /// <summary>LIKE; with a pattern known beforehand and free of backslashes the engine's own is the reference's.</summary>
    public static Bound BindLike(ExpressionBinder binder, OperatorExpression like)
    {
        var (text, pattern) = (binder.Bind(like.Operands[0]), binder.Bind(like.Operands[1]));
        return text.Type == SqlType.String && pattern is Constant { Value: string known } && !known.Contains('\\', StringComparison.Ordinal)
            ? Bool(Operation.Like, like.Position, text, pattern)
            : FunctionCalls.Call("LIKE", "operator LIKE", [text, pattern], like.Position);
    }

    public static OperationNode BindInQuery(Bound value, SubqueryNode query, SourcePosition position) => value.Type.IsComparable
        ? Bool(Operation.InSubquery, position, value, query)
        : throw new GoogleSqlException($"Not supported: IN with a subquery of {value.Type.Name()}", position);

    /// <summary>The sides of IN brought to one type; NaN, which is equal to nothing, is left out of the query's.</summary>
    public static (Bound Value, DataType Type, Relation Relation) Unified(Bound value, Relation query, Arena arena, SourcePosition position)
    {
        var use = arena.Use(query);
        var sides = Coercion.Unify([value, use.Column(0, position)], "operator IN", position);
        var isNumber = sides[1].Type != SqlType.Float64 ? null
            : new OperationNode(Operation.Or, SqlType.Bool, position, new OperationNode(Operation.IsNull, SqlType.Bool, position, sides[1]), Compare("=", sides[1], sides[1], position));
        var relation = new SelectRelation { From = new FromRelation(use), Where = isNumber };
        relation.Add(query.Columns[0].Name, sides[1]);
        return (sides[0], sides[1].Type, arena.Add(relation));
    }

    /// <summary>Compares two values.</summary>
    public static Bound Compare(string symbol, Bound left, Bound right, SourcePosition position)
    {
        var sides = Comparable(Coercion.Unify([left, right], $"operator {symbol}", position), symbol, position);
        return sides[0].Type == SqlType.Float64
            ? new FunctionCall(FunctionTable.Find(symbol).First(f => f.Parameters[0] == SqlType.Float64), position, sides)
            : Bool(
                symbol switch
                {
                    "=" => Operation.Equal,
                    "!=" => Operation.NotEqual,
                    "<" => Operation.Less,
                    "<=" => Operation.LessOrEqual,
                    ">" => Operation.Greater,
                    _ => Operation.GreaterOrEqual,
                },
                position,
                [.. sides]);
    }

    private static OperationNode In(Bound value, List<Bound> list, SourcePosition position)
    {
        if (list.Count > MaxList)
        {
            throw new GoogleSqlException($"Not supported: more than {MaxList} values in IN", position);
        }

        var sides = Comparable(Coercion.Unify([value, .. list], "operator IN", position), "IN", position);
        return sides[0].Type == SqlType.Float64
            ? Bool(Operation.Or, position, [.. sides.Skip(1).Select(s => Compare("=", sides[0], s, position))])
            : Bool(Operation.In, position, [.. sides]);
    }

    private static IReadOnlyList<Bound> Comparable(IReadOnlyList<Bound> sides, string symbol, SourcePosition position) => sides[0].Type.Kind switch
    {
        SqlType.Array or SqlType.Json => throw new GoogleSqlException($"Operator {symbol} is not defined for arguments of type {sides[0].Type.Name()}", position),
        SqlType.Struct => throw new GoogleSqlException($"Not supported: operator {symbol} of {sides[0].Type.Name()}", position),
        _ => sides,
    };

    private static OperationNode Bool(Operation operation, SourcePosition position, params IReadOnlyList<Bound> operands) => new(operation, SqlType.Bool, position, operands);
}
