using System.Text;
using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Columns;

/// <summary>
/// A column of DuckDB's data, up to 2,048 rows of it, read and written in place. Forms: INT64, TIMESTAMP, DATETIME and TIME are
/// 64-bit integers (the last three microseconds), DATE 32-bit days since 1970, NUMERIC a 128-bit integer of billionths, texts
/// and bytes UTF-8 or bytes behind a 16-byte head, which holds up to 12 of them itself.
/// </summary>
internal readonly unsafe struct Vector
{
    private const int Inlined = 12;
    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private readonly IntPtr _handle;
    private readonly byte* _data;
    private readonly ulong* _validity;

    public Vector(IntPtr handle)
    {
        _handle = handle;
        _data = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(handle);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(handle);
    }

    /// <summary>The elements of all arrays of the column.</summary>
    public Vector Elements => new(NativeMethods.Vectors.DuckDBListVectorGetChild(_handle));

    /// <summary>A field of the structs of the column.</summary>
    public Vector Field(int index) => new(NativeMethods.Vectors.DuckDBStructVectorGetChild(_handle, index));

    /// <summary>Where the array of a row begins in <see cref="Elements"/>, and how long it is.</summary>
    public (long Start, long Length) Extent(long row) => (((long*)_data)[2 * row], ((long*)_data)[(2 * row) + 1]);

    public bool IsNull(long row) => _validity is not null && (_validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    public void PutNull(long row)
    {
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(_handle);
        NativeMethods.Vectors.DuckDBVectorGetValidity(_handle)[row >> 6] &= ~(1UL << (int)(row & 63));
    }

    /// <summary>The bytes of a text or BYTES, for as long as the vector is there.</summary>
    public ReadOnlySpan<byte> Bytes(long row)
    {
        var head = _data + (16 * row);
        var length = *(int*)head;
        return new ReadOnlySpan<byte>(length <= Inlined ? head + 4 : *(byte**)(head + 8), length);
    }

    /// <summary>The value of a row that is not NULL, as the .NET type of its SQL type. (The boxes are none: the compiler removes them.)</summary>
    public T Get<T>(long row)
    {
        return typeof(T) == typeof(long) ? (T)(object)((long*)_data)[row]
            : typeof(T) == typeof(double) ? (T)(object)((double*)_data)[row]
            : typeof(T) == typeof(string) ? (T)(object)Encoding.UTF8.GetString(Bytes(row))
            : typeof(T) == typeof(byte[]) ? (T)(object)Bytes(row).ToArray()
            : typeof(T) == typeof(bool) ? (T)(object)(_data[row] != 0)
            : typeof(T) == typeof(Timestamp) ? (T)(object)new Timestamp(((long*)_data)[row])
            : typeof(T) == typeof(DateOnly) ? (T)(object)Date(((int*)_data)[row])
            : typeof(T) == typeof(NumericValue) ? (T)(object)new NumericValue(((Int128*)_data)[row])
            : typeof(T) == typeof(Datetime) ? (T)(object)new Datetime(((long*)_data)[row])
            : typeof(T) == typeof(TimeOnly) ? (T)(object)new TimeOnly(((long*)_data)[row] * TimeSpan.TicksPerMicrosecond)
            : typeof(T) == typeof(Interval) ? (T)(object)((Interval*)_data)[row]
            : typeof(T) == typeof(Json) ? (T)(object)new Json(Encoding.UTF8.GetString(Bytes(row)))
            : typeof(T) == typeof(DatePart) ? (T)(object)(DatePart)((long*)_data)[row]
            : typeof(T) == typeof(IntervalPart) ? (T)(object)new IntervalPart((DatePart)((long*)_data)[row])
            : throw new InvalidOperationException($"No SQL type for {typeof(T)}.");
    }

    /// <summary>Writes the value of a row; null is NULL.</summary>
    public void Put<T>(long row, T value)
    {
        switch (value)
        {
            case null:
                PutNull(row);
                break;
            case long number:
                ((long*)_data)[row] = number;
                break;
            case double number:
                ((double*)_data)[row] = number;
                break;
            case bool flag:
                _data[row] = flag ? (byte)1 : (byte)0;
                break;
            case Timestamp time:
                ((long*)_data)[row] = time.Micros;
                break;
            case DateOnly date:
                ((int*)_data)[row] = date.DayNumber - UnixEpochDay;
                break;
            case NumericValue numeric:
                ((Int128*)_data)[row] = (Int128)numeric.Nanos;
                break;
            case Datetime time:
                ((long*)_data)[row] = time.Micros;
                break;
            case TimeOnly time:
                ((long*)_data)[row] = time.Ticks / TimeSpan.TicksPerMicrosecond;
                break;
            case Interval interval:
                ((Interval*)_data)[row] = interval;
                break;
            case string text:
                PutText(row, text);
                break;
            case Json json:
                PutText(row, json.Text);
                break;
            case byte[] bytes:
                PutBytes(row, bytes);
                break;
            case string?[] texts:
                PutArray(row, texts);
                break;
            default:
                throw new InvalidOperationException($"No SQL type for {value.GetType()}.");
        }
    }

    /// <summary>Writes a text in UTF-8, or bytes.</summary>
    public void PutBytes(long row, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            byte none;
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(_handle, (ulong)row, start is null ? &none : start, bytes.Length);
        }
    }

    /// <summary>The value of a row as its type's .NET value: arrays and structs are arrays of such, NULL is null.</summary>
    public object? Value(long row, DataType type)
    {
        if (IsNull(row))
        {
            return null;
        }

        return type.Kind switch
        {
            SqlType.Null or SqlType.Int64 => Get<long>(row),
            SqlType.Float64 => Get<double>(row),
            SqlType.Numeric => Get<NumericValue>(row),
            SqlType.Bool => Get<bool>(row),
            SqlType.String => Get<string>(row),
            SqlType.Json => Get<Json>(row),
            SqlType.Bytes => Get<byte[]>(row),
            SqlType.Date => Get<DateOnly>(row),
            SqlType.Timestamp => Get<Timestamp>(row),
            SqlType.Datetime => Get<Datetime>(row),
            SqlType.Time => Get<TimeOnly>(row),
            SqlType.Interval => Get<Interval>(row),
            SqlType.Array => Array(row, type.Element!),
            SqlType.Struct => Struct(row, type.Fields),
            _ => throw new InvalidOperationException($"No value has the type {type.Name()}."),
        };
    }

    private object?[] Array(long row, DataType element)
    {
        var (start, length) = Extent(row);
        var (elements, values) = (Elements, new object?[length]);
        for (var i = 0; i < length; i++)
        {
            values[i] = elements.Value(start + i, element);
        }

        return values;
    }

    private object?[] Struct(long row, IReadOnlyList<StructField> fields)
    {
        var values = new object?[fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Field(i).Value(row, fields[i].Type);
        }

        return values;
    }

    private static DateOnly Date(int days) => days + UnixEpochDay is var number && number >= 0 && number <= DateOnly.MaxValue.DayNumber
        ? DateOnly.FromDayNumber(number)
        : throw new GoogleSqlException("DATE overflow: outside the years 1 to 9999");

    private void PutText(long row, string text)
    {
        var room = text.Length * 3 <= 512 ? stackalloc byte[512] : new byte[text.Length * 3];
        PutBytes(row, room[..Encoding.UTF8.GetBytes(text, room)]);
    }

    private void PutArray(long row, string?[] texts)
    {
        var start = NativeMethods.Vectors.DuckDBListVectorGetSize(_handle);
        NativeMethods.Vectors.DuckDBListVectorReserve(_handle, (ulong)(start + texts.Length));
        NativeMethods.Vectors.DuckDBListVectorSetSize(_handle, (ulong)(start + texts.Length));
        var elements = Elements;
        for (var i = 0; i < texts.Length; i++)
        {
            elements.Put(start + i, texts[i]);
        }

        (((long*)_data)[2 * row], ((long*)_data)[(2 * row) + 1]) = (start, texts.Length);
    }
}
