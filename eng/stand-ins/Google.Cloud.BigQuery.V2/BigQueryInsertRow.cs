using System.Collections;
using System.Globalization;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A row to insert: columns with values of the types that BigQuery's JSON can carry.</summary>
public sealed class BigQueryInsertRow : IEnumerable
{
    private static readonly HashSet<Type> SingleTypes =
    [
        typeof(bool), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(float), typeof(double),
        typeof(string), typeof(byte[]), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(BigQueryNumeric),
        typeof(BigQueryInsertRow),
    ];

    private readonly Dictionary<string, object> _fields = [];

    public BigQueryInsertRow()
    {
    }

    public BigQueryInsertRow(string insertId) => InsertId = insertId;

    /// <summary>What BigQuery tells a repeated row by; a fresh one is made where it is null.</summary>
    public string InsertId { get; set; }

    public object this[string name]
    {
        get => _fields[Name(name)];
        set => _fields[Name(name)] = Supported(value);
    }

    /// <exception cref="ArgumentException">The name is no column's, is there already, or the value's type has no JSON form.</exception>
    public void Add(string key, object value) => _fields.Add(Name(key), Supported(value));

    public void Add(IDictionary<string, object> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (key, value) in fields)
        {
            Add(key, value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    internal TableDataInsertAllRequest.RowsData ToRowsData(bool allowEmptyInsertId) => new()
    {
        InsertId = InsertId ?? (allowEmptyInsertId ? null : Guid.NewGuid().ToString()),
        Json = Json(),
    };

    private Dictionary<string, object> Json() => _fields.ToDictionary(field => field.Key, field => JsonValue(field.Value));

    private static object JsonValue(object value) => value switch
    {
        null => null,
        DateTime { Kind: DateTimeKind.Utc } time => Text(time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"),
        DateTime { Kind: DateTimeKind.Unspecified } time => Text(time, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"),
        DateTime => throw new InvalidOperationException("A local DateTime has no place in a row."),
        DateTimeOffset time => Text(time.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"),
        TimeSpan time => Text(DateTime.UnixEpoch + time, "HH:mm:ss.FFFFFF"),
        BigQueryNumeric number => number.ToString(),
        BigQueryInsertRow row => row.Json(),
        string or byte[] => value,
        IEnumerable values => values.Cast<object>().Select(Element).ToArray(),
        _ => value,
    };

    private static object Element(object value) =>
        JsonValue(value ?? throw new InvalidOperationException("A repeated field holds no null."));

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Name(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Length <= 300 && (name[0] == '_' || char.IsAsciiLetter(name[0]))
            && name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c))
                ? name
                : throw new ArgumentException($"'{name}' is no name of a column.", nameof(name));
    }

    private static object Supported(object value) => value switch
    {
        null => null,
        DateTime { Kind: DateTimeKind.Local } => throw new ArgumentException("A local DateTime has no place in a row.", nameof(value)),
        TimeSpan time when time < TimeSpan.Zero || time >= TimeSpan.FromDays(1) =>
            throw new ArgumentException("A TimeSpan is a time of day.", nameof(value)),
        _ when IsSupported(value.GetType()) => value,
        _ => throw new ArgumentException($"A {value.GetType()} has no place in a row.", nameof(value)),
    };

    private static bool IsSupported(Type type) => SingleTypes.Contains(type) || Array.Exists(type.GetInterfaces(), IsSupportedList);

    private static bool IsSupportedList(Type type) =>
        type.IsGenericType
        && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        && SingleTypes.Contains(type.GenericTypeArguments[0]);
}
