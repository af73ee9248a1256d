using System.Collections;
using System.Globalization;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A parameter of a query; without a type it has the one of its value.</summary>
public sealed class BigQueryParameter
{
    public BigQueryParameter()
    {
    }

    public BigQueryParameter(string name, BigQueryDbType? type)
        : this(name, type, null)
    {
    }

    public BigQueryParameter(BigQueryDbType? type, object value)
        : this(null, type, value)
    {
    }

    public BigQueryParameter(string name, BigQueryDbType? type, object value) => (Name, Type, Value) = (name, type, value);

    public string Name { get; set; }

    public BigQueryDbType? Type { get; set; }

    public BigQueryDbType? ArrayElementType { get; set; }

    public object Value { get; set; }

    internal QueryParameter ToQueryParameter()
    {
        var type = Type ?? TypeOf(Value?.GetType());
        var query = new QueryParameter { Name = Name, ParameterValue = new QueryParameterValue() };
        if (type != BigQueryDbType.Array)
        {
            query.ParameterType = new QueryParameterType { Type = NameOf(type) };
            query.ParameterValue.Value = Text(Value, type);
            return query;
        }

        var element = ArrayElementType ?? TypeOf(ElementType(Value?.GetType()));
        query.ParameterType = new QueryParameterType { Type = "ARRAY", ArrayType = new QueryParameterType { Type = NameOf(element) } };
        query.ParameterValue.ArrayValues = Value is IEnumerable values
            ? [.. values.Cast<object>().Select(value => new QueryParameterValue { Value = Text(value, element) })]
            : [];
        return query;
    }

    private static string NameOf(BigQueryDbType type) => type.ToString().ToUpperInvariant();

    private static Type ElementType(Type type) => type is { IsArray: true }
        ? type.GetElementType()
        : type?.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.Name == "IReadOnlyList`1")?.GenericTypeArguments[0];

    private static BigQueryDbType TypeOf(Type type)
    {
        if (type is null)
        {
            throw new InvalidOperationException("A parameter without a value needs a type.");
        }

        return type switch
        {
            _ when type == typeof(string) => BigQueryDbType.String,
            _ when type == typeof(bool) => BigQueryDbType.Bool,
            _ when type == typeof(byte[]) => BigQueryDbType.Bytes,
            _ when type == typeof(DateTime) => BigQueryDbType.DateTime,
            _ when type == typeof(DateTimeOffset) => BigQueryDbType.Timestamp,
            _ when type == typeof(TimeSpan) => BigQueryDbType.Time,
            _ when type == typeof(BigQueryNumeric) => BigQueryDbType.Numeric,
            _ when type == typeof(float) || type == typeof(double) => BigQueryDbType.Float64,
            _ when type == typeof(short) || type == typeof(ushort) || type == typeof(int) || type == typeof(uint)
                || type == typeof(long) => BigQueryDbType.Int64,
            _ when ElementType(type) is not null => BigQueryDbType.Array,
            _ => throw new InvalidOperationException($"A {type} is no parameter."),
        };
    }

    private static string Text(object value, BigQueryDbType type) => value switch
    {
        null => null,
        bool truth => truth ? "TRUE" : "FALSE",
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTimeOffset time => Text(time.UtcDateTime, "yyyy-MM-dd HH:mm:ss.FFFFFF+00"),
        DateTime time => type switch
        {
            BigQueryDbType.Date => Text(time, "yyyy-MM-dd"),
            BigQueryDbType.Timestamp => Text(time.ToUniversalTime(), "yyyy-MM-dd HH:mm:ss.FFFFFF+00"),
            _ => Text(time, "yyyy-MM-dd HH:mm:ss.FFFFFF"),
        },
        TimeSpan time => Text(DateTime.UnixEpoch + time, "HH:mm:ss.FFFFFF"),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
