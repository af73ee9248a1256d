using System.Collections.Frozen;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// Every scalar function, operator and cast there is, by name and signature. To add one, add a line to the class of its
/// kind; its GoogleSQL types are those of the .NET function.
/// </summary>
internal sealed class FunctionTable
{
    private static readonly FrozenDictionary<Type, DataType> TypeOf = new Dictionary<Type, DataType>
    {
        [typeof(long)] = SqlType.Int64,
        [typeof(double)] = SqlType.Float64,
        [typeof(NumericValue)] = SqlType.Numeric,
        [typeof(bool)] = SqlType.Bool,
        [typeof(string)] = SqlType.String,
        [typeof(byte[])] = SqlType.Bytes,
        [typeof(DateOnly)] = SqlType.Date,
        [typeof(Timestamp)] = SqlType.Timestamp,
        [typeof(Datetime)] = SqlType.Datetime,
        [typeof(TimeOnly)] = SqlType.Time,
        [typeof(Interval)] = SqlType.Interval,
        [typeof(Json)] = SqlType.Json,
        [typeof(string[])] = DataType.ArrayOf(SqlType.String),
        [typeof(DatePart)] = SqlType.DatePart,
        [typeof(IntervalPart)] = SqlType.IntervalPart,
    }.ToFrozenDictionary();

    private static readonly FunctionTable Shared = new();

    private readonly Dictionary<string, List<ScalarFunction>> _functions = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    private FunctionTable()
    {
        Operators.AddTo(this);
        Casts.AddTo(this);
        MathFunctions.AddTo(this);
        StringFunctions.AddTo(this);
        BytesFunctions.AddTo(this);
        TimeFunctions.AddTo(this);
        DateFunctions.AddTo(this);
        DatetimeFunctions.AddTo(this);
        JsonFunctions.AddTo(this);
        NetFunctions.AddTo(this);
        Fingerprint.AddTo(this);
        FormatFunctions.AddTo(this);
    }

    /// <summary>The signatures of a function or operator; none when there is no such function.</summary>
    public static IReadOnlyList<ScalarFunction> Find(string name) => Shared._functions.GetValueOrDefault(name) ?? [];

    /// <summary>The names of all functions, without operators and casts, sorted.</summary>
    public static IEnumerable<string> Names => Shared._functions.Keys.Where(n => char.IsLetter(n[0]) && !n.Contains(' ')).Order(StringComparer.Ordinal);

    public void Add<T1, TR>(string name, Func<T1, TR> body) =>
        Add<TR>(name, [typeof(T1)], a => body((T1)a[0]!), ColumnLoops.Of(body));

    public void Add<T1, T2, TR>(string name, Func<T1, T2, TR> body) =>
        Add<TR>(name, [typeof(T1), typeof(T2)], a => body((T1)a[0]!, (T2)a[1]!), ColumnLoops.Of(body));

    public void Add<T1, T2, T3, TR>(string name, Func<T1, T2, T3, TR> body) =>
        Add<TR>(name, [typeof(T1), typeof(T2), typeof(T3)], a => body((T1)a[0]!, (T2)a[1]!, (T3)a[2]!), ColumnLoops.Of(body));

    public void Add<T1, T2, T3, T4, TR>(string name, Func<T1, T2, T3, T4, TR> body) =>
        Add<TR>(name, [typeof(T1), typeof(T2), typeof(T3), typeof(T4)], a => body((T1)a[0]!, (T2)a[1]!, (T3)a[2]!, (T4)a[3]!), ColumnLoops.Of(body));

    private void Add<TR>(string name, Type[] parameters, Func<object?[], object?> body, ColumnBody columns)
    {
        var result = TypeOf[Nullable.GetUnderlyingType(typeof(TR)) ?? typeof(TR)];
        var function = new ScalarFunction(name, $"f{_count++}", [.. parameters.Select(p => TypeOf[p])], result, body, columns);
        if (!_functions.TryGetValue(name, out var signatures))
        {
            _functions[name] = signatures = [];
        }

        signatures.Add(function);
    }
}
