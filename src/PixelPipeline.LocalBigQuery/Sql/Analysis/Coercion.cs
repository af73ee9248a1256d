using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#coercion">conversions that
/// happen by themselves</see>: NULL to anything, INT64 to NUMERIC to FLOAT64, and literals and parameters of text to DATE,
/// TIMESTAMP and the like.
/// </summary>
internal static class Coercion
{
    /// <summary>How far it is to the type: 0 for none; null when it cannot be.</summary>
    public static int? Cost(Bound value, DataType type)
    {
        if (value.Type == type || value.Type == SqlType.Null)
        {
            return type.Kind is SqlType.DatePart or SqlType.IntervalPart && value.Type != type ? null : 0;
        }

        return (value.Type.Kind, type.Kind) switch
        {
            (SqlType.Float64, SqlType.Numeric) when value.IsLiteral => 1,
            (SqlType.Int64, SqlType.Float64) => 2, // 7 / 2 is FLOAT64, not NUMERIC
            (SqlType.Int64, SqlType.Numeric) => 3,
            (SqlType.Numeric, SqlType.Float64) => 4,
            (SqlType.String, SqlType.Date or SqlType.Timestamp or SqlType.Datetime or SqlType.Time) when value.IsLiteral => 5,
            (SqlType.Date, SqlType.Datetime) => 6,
            (SqlType.Array, SqlType.Array) when value is Constant { Value: object?[] { Length: 0 } } => 1,
            (SqlType.Array, SqlType.Array) when value is OperationNode { Operation: Operation.Array } => Sum(value.Children.Select(c => Cost(c, type.Element!))),
            (SqlType.Struct, SqlType.Struct) when value is OperationNode { Operation: Operation.Struct } && value.Type.Fields.Count == type.Fields.Count =>
                Sum(value.Children.Select((c, i) => Cost(c, type.Fields[i].Type))),
            (SqlType.Struct, SqlType.Struct) when value.Type.Fields.Select(f => f.Type).SequenceEqual(type.Fields.Select(f => f.Type)) => 1,
            _ => null,
        };
    }

    /// <summary>The value as this type, which <see cref="Cost"/> allows.</summary>
    /// <exception cref="GoogleSqlException">A literal's text does not fit the type.</exception>
    public static Bound To(Bound value, DataType type)
    {
        if (value.Type == type)
        {
            return value;
        }

        if (value.Type == SqlType.Null)
        {
            return value is Constant ? new Constant(type, value.Position, null) : new OperationNode(Operation.Cast, type, value.Position, value);
        }

        if (type.IsArray || type.IsStruct)
        {
            return value is Constant { Value: object?[] { Length: 0 } } ? new Constant(type, value.Position, Array.Empty<object?>())
                : value is OperationNode { Operation: Operation.Array or Operation.Struct } made
                    ? new OperationNode(made.Operation, type, value.Position, [.. made.Children.Select((c, i) => To(c, type.IsArray ? type.Element! : type.Fields[i].Type))])
                : new OperationNode(Operation.Cast, type, value.Position, value);
        }

        if (value is Constant { Text: { } written } && type == SqlType.Numeric && NumericValue.TryParse(written, out var exact))
        {
            return new Constant(type, value.Position, exact);
        }

        var cast = Casts.Find(value.Type, type)!;
        return value is Constant constant
            ? new Constant(type, value.Position, Convert(constant, cast, type))
            : type == SqlType.Float64 && value.Type == SqlType.Int64
                ? new OperationNode(Operation.Cast, type, value.Position, value)
                : new FunctionCall(cast, value.Position, [value]);
    }

    /// <summary>A bare NULL as the INT64 that it is in the end.</summary>
    public static Bound Typed(Bound value) => value.Type == SqlType.Null ? To(value, SqlType.Int64) : value;

    /// <summary>The type to which all of them can be brought; null when there is none.</summary>
    public static DataType? Common(IReadOnlyCollection<Bound> values)
    {
        var types = values.Select(v => v.Type).Where(t => t != SqlType.Null).Distinct().ToList();
        return types.Count == 0
            ? SqlType.Null
            : types.Where(t => values.All(v => Cost(v, t) is not null)).OrderBy(t => values.Sum(v => Cost(v, t))).FirstOrDefault();
    }

    /// <summary>All of them as their common type.</summary>
    /// <exception cref="GoogleSqlException">They have none.</exception>
    public static IReadOnlyList<Bound> Unify(IReadOnlyList<Bound> values, string what, SourcePosition position) => Common(values) is { } type
        ? [.. values.Select(v => To(v, type))]
        : throw new GoogleSqlException($"No matching signature for {what} for argument types: {string.Join(", ", values.Select(v => v.Type.Name()))}", position);

    private static int? Sum(IEnumerable<int?> costs)
    {
        var all = costs.ToList();
        return all.TrueForAll(c => c is not null) ? all.Sum() + 1 : null;
    }

    private static object? Convert(Constant constant, ScalarFunction cast, DataType type)
    {
        try
        {
            return cast.Call(constant.Value);
        }
        catch (GoogleSqlException)
        {
            throw new GoogleSqlException($"Could not cast literal \"{constant.Value}\" to type {type.Name()}", constant.Position);
        }
    }
}
