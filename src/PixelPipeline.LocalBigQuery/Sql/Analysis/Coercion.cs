using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules#coercion">conversions that
/// happen by themselves</see>: NULL to anything, INT64 to NUMERIC to FLOAT64, and literals and parameters of text to DATE
/// and TIMESTAMP.
/// </summary>
internal static class Coercion
{
    /// <summary>How far it is to the type: 0 for none; null when it cannot be.</summary>
    public static int? Cost(Bound value, SqlType type)
    {
        if (value.Type == type || value.Type == SqlType.Null)
        {
            return type is SqlType.DatePart or SqlType.IntervalPart && value.Type != type ? null : 0;
        }

        return (value.Type, type) switch
        {
            (SqlType.Float64, SqlType.Numeric) when value.IsLiteral => 1,
            (SqlType.Int64, SqlType.Float64) => 2, // 7 / 2 is FLOAT64, not NUMERIC
            (SqlType.Int64, SqlType.Numeric) => 3,
            (SqlType.Numeric, SqlType.Float64) => 4,
            (SqlType.String, SqlType.Date or SqlType.Timestamp) when value.IsLiteral => 5,
            _ => null,
        };
    }

    /// <summary>The value as this type, which <see cref="Cost"/> allows.</summary>
    /// <exception cref="GoogleSqlException">A literal's text does not fit the type.</exception>
    public static Bound To(Bound value, SqlType type)
    {
        if (value.Type == type)
        {
            return value;
        }

        if (value.Type == SqlType.Null)
        {
            return value is Constant ? new Constant(type, value.Position, null) : new Composite(type, value.Position, CompositeRole.Scalar, value);
        }

        var cast = Casts.Find(value.Type, type)!;
        return value is Constant constant
            ? new Constant(type, value.Position, Convert(constant, cast, type))
            : type == SqlType.Float64 && value.Type == SqlType.Int64
                ? new Composite(type, value.Position, CompositeRole.Scalar, "(", value, " + 0.0)")
                : new Composite(type, value.Position, CompositeRole.Scalar, cast, "(", value, ")");
    }

    /// <summary>The type to which all of them can be brought; null when there is none.</summary>
    public static SqlType? Common(IReadOnlyCollection<Bound> values)
    {
        var types = values.Select(v => v.Type).Where(t => t != SqlType.Null).Distinct().ToList();
        return types.Count == 0
            ? SqlType.Null
            : types.Where(t => values.All(v => Cost(v, t) is not null)).OrderBy(t => values.Sum(v => Cost(v, t))).Select(t => (SqlType?)t).FirstOrDefault();
    }

    /// <summary>All of them as their common type.</summary>
    /// <exception cref="GoogleSqlException">They have none.</exception>
    public static IReadOnlyList<Bound> Unify(IReadOnlyList<Bound> values, string what, SourcePosition position) => Common(values) is { } type
        ? [.. values.Select(v => To(v, type))]
        : throw new GoogleSqlException($"No matching signature for {what} for argument types: {string.Join(", ", values.Select(v => v.Type.Name()))}", position);

    private static object? Convert(Constant constant, ScalarFunction cast, SqlType type)
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
