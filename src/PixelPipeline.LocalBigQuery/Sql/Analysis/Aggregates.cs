using System.Collections.Frozen;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// The aggregate functions, in SQLite's terms. FLOAT64 takes care for NaN, which is a text; NUMERIC has sums of its own.
/// </summary>
internal static class Aggregates
{
    /// <summary>Stands behind each call of an aggregate, where OVER goes when it is a window function.</summary>
    public static readonly object Over = new();

    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "COUNT", "COUNTIF", "SUM", "AVG", "MIN", "MAX", "ANY_VALUE", "APPROX_COUNT_DISTINCT", "LOGICAL_AND", "LOGICAL_OR", "STRING_AGG");

    /// <summary>The call, as an aggregate of a group.</summary>
    public static Bound Bind(ExpressionBinder binder, CallExpression call)
    {
        var (type, parts) = Parts(binder.In(Clause.AggregateArgument), call);
        return new Composite(type, call.Position, CompositeRole.Aggregate, [.. parts.Where(p => p != Over)]) { Name = call.Name };
    }

    /// <summary>The SQL of the call, with <see cref="Over"/> in its places.</summary>
    /// <exception cref="GoogleSqlException">The arguments do not fit.</exception>
    public static (SqlType Type, IReadOnlyList<object> Parts) Parts(ExpressionBinder binder, CallExpression call)
    {
        if (call.Safe || (call.Star && call.Name != "COUNT"))
        {
            throw new GoogleSqlException(call.Safe ? $"Not supported: SAFE.{call.Name}" : $"Argument * can only be used in COUNT(*), not in {call.Name}", call.Position);
        }

        if (call.Star)
        {
            return call.Distinct ? throw new GoogleSqlException("COUNT(*) cannot be used with DISTINCT", call.Position) : (SqlType.Int64, ["count(*)", Over]);
        }

        var arguments = call.Arguments.Select(binder.Bind).ToList();
        if (arguments.Count != 1 && !(arguments.Count == 2 && call.Name == "STRING_AGG"))
        {
            throw NoSignature(call, arguments);
        }

        var value = Typed(arguments[0]);
        return Parts(call, value, arguments) ?? throw NoSignature(call, arguments);
    }

    private static (SqlType Type, IReadOnlyList<object> Parts)? Parts(CallExpression call, Bound value, List<Bound> arguments)
    {
        var distinct = call.Distinct ? "DISTINCT " : "";
        return call.Name switch
        {
            "COUNT" => (SqlType.Int64, [$"count({distinct}", value, ")", Over]),
            "APPROX_COUNT_DISTINCT" => (SqlType.Int64, ["count(DISTINCT ", value, ")", Over]),
            "COUNTIF" when value.Type == SqlType.Bool => (SqlType.Int64, [$"count({distinct}CASE WHEN ", value, " THEN 1 END)", Over]),
            "LOGICAL_AND" when value.Type == SqlType.Bool => (SqlType.Bool, ["min(", value, ")", Over]),
            "LOGICAL_OR" when value.Type == SqlType.Bool => (SqlType.Bool, ["max(", value, ")", Over]),
            "MIN" or "MAX" when value.Type == SqlType.Float64 => (value.Type, WithNaN(call.Name.ToLowerInvariant(), "", value)),
            "MIN" or "MAX" or "ANY_VALUE" => (value.Type, [call.Name == "MIN" ? "min(" : "max(", value, value.Type == SqlType.Numeric ? Collation.Numeric : "", ")", Over]),
            "SUM" or "AVG" => Sum(call.Name, distinct, value),
            "STRING_AGG" => StringAgg(call, value, arguments),
            _ => null,
        };
    }

    private static (SqlType Type, IReadOnlyList<object> Parts)? Sum(string name, string distinct, Bound value) => value.Type switch
    {
        SqlType.Int64 => (name == "SUM" ? SqlType.Int64 : SqlType.Float64, [$"{name.ToLowerInvariant()}({distinct}", value, ")", Over]),
        SqlType.Float64 => (SqlType.Float64, WithNaN(name.ToLowerInvariant(), distinct, value)),
        SqlType.Numeric => (SqlType.Numeric, [name == "SUM" ? NumericAggregate.Sum : NumericAggregate.Average, $"({distinct}", value, ")", Over]),
        _ => null,
    };

    // One NaN makes it NaN; so does what comes out as NULL though there are values: infinities that cancel each other.
    private static object[] WithNaN(string function, string distinct, Bound value) =>
        ["CASE WHEN count(", value, ")", Over, " > 0 THEN CASE WHEN max(typeof(", value, ") = 'text')", Over, $" THEN 'NaN' ELSE coalesce({function}({distinct}", value, ")", Over, ", 'NaN') END END"];

    private static (SqlType Type, IReadOnlyList<object> Parts)? StringAgg(CallExpression call, Bound value, List<Bound> arguments)
    {
        if (value.Type != SqlType.String || (arguments.Count == 2 && arguments[1] is not Constant { Type: SqlType.String }))
        {
            return null;
        }

        return call.Distinct && arguments.Count == 2
            ? throw new GoogleSqlException("Not supported: STRING_AGG with both DISTINCT and a delimiter", call.Position)
            : (SqlType.String, arguments.Count == 2
                ? ["group_concat(", value, ", ", arguments[1], ")", Over]
                : [call.Distinct ? "group_concat(DISTINCT " : "group_concat(", value, ")", Over]);
    }

    private static Bound Typed(Bound value) => value.Type == SqlType.Null ? Coercion.To(value, SqlType.Int64) : value;

    private static GoogleSqlException NoSignature(CallExpression call, IReadOnlyList<Bound> arguments) =>
        new($"No matching signature for aggregate function {call.Name} for argument types: {string.Join(", ", arguments.Select(a => a.Type.Name()))}", call.Position);
}
