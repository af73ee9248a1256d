using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Types;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>Carries values between SQLite and the .NET types of the functions; see <see cref="SqlType"/> for the forms.</summary>
internal static class SqliteValue
{
    /// <summary>NaN, for which SQLite has no REAL.</summary>
    public const string NotANumber = "NaN";

    /// <summary>The form in SQLite: long, double, string, byte[] or null.</summary>
    public static object? Of(object? value) => value switch
    {
        null or long or string or byte[] => value,
        double number => double.IsNaN(number) ? NotANumber : number,
        bool flag => flag ? 1L : 0L,
        DateOnly date => (long)date.DayNumber - UnixEpochDay,
        Timestamp timestamp => timestamp.Micros,
        NumericValue numeric => numeric.ToString(),
        DatePart part => (long)part,
        IntervalPart interval => (long)interval.Part,
        _ => throw new InvalidOperationException($"No SQLite form for {value.GetType()}."),
    };

    /// <summary>An argument as the .NET type for <paramref name="type"/>; null for NULL.</summary>
    public static object? Read(sqlite3_value value, SqlType type)
    {
        var stored = raw.sqlite3_value_type(value);
        if (stored == raw.SQLITE_NULL)
        {
            return null;
        }

        return type switch
        {
            SqlType.String => Encoding.UTF8.GetString(raw.sqlite3_value_blob(value)),
            SqlType.Bytes => raw.sqlite3_value_blob(value).ToArray(),
            SqlType.Numeric => NumericValue.Parse(Encoding.UTF8.GetString(raw.sqlite3_value_blob(value))),
            SqlType.Float64 => stored == raw.SQLITE_TEXT ? double.NaN : raw.sqlite3_value_double(value),
            _ => FromInteger(raw.sqlite3_value_int64(value), type),
        };
    }

    /// <summary>A column of a result as the .NET type for <paramref name="type"/>; null for NULL.</summary>
    public static object? Read(sqlite3_stmt row, int column, SqlType type)
    {
        var stored = raw.sqlite3_column_type(row, column);
        if (stored == raw.SQLITE_NULL)
        {
            return null;
        }

        return type switch
        {
            SqlType.String => Encoding.UTF8.GetString(raw.sqlite3_column_blob(row, column)),
            SqlType.Bytes => raw.sqlite3_column_blob(row, column).ToArray(),
            SqlType.Numeric => NumericValue.Parse(Encoding.UTF8.GetString(raw.sqlite3_column_blob(row, column))),
            SqlType.Float64 => stored == raw.SQLITE_TEXT ? double.NaN : raw.sqlite3_column_double(row, column),
            _ => FromInteger(raw.sqlite3_column_int64(row, column), type),
        };
    }

    /// <summary>Answers a call.</summary>
    public static void Return(sqlite3_context context, object? value)
    {
        switch (Of(value))
        {
            case null:
                raw.sqlite3_result_null(context);
                break;
            case long number:
                raw.sqlite3_result_int64(context, number);
                break;
            case double number:
                raw.sqlite3_result_double(context, number);
                break;
            case string text:
                ReturnText(context, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                ReturnBlob(context, bytes);
                break;
        }
    }

    /// <summary>Answers with text, in UTF-8. (An empty span alone would be NULL.)</summary>
    public static void ReturnText(sqlite3_context context, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            raw.sqlite3_result_text(context, "");
        }
        else
        {
            raw.sqlite3_result_text(context, text);
        }
    }

    /// <summary>Answers with bytes.</summary>
    public static void ReturnBlob(sqlite3_context context, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            raw.sqlite3_result_zeroblob(context, 0);
        }
        else
        {
            raw.sqlite3_result_blob(context, bytes);
        }
    }

    /// <summary>Binds ?<paramref name="number"/>, counted from 1.</summary>
    public static int Bind(sqlite3_stmt statement, int number, object? value) => value switch
    {
        long integer => raw.sqlite3_bind_int64(statement, number, integer),
        double real => raw.sqlite3_bind_double(statement, number, real),
        "" => raw.sqlite3_bind_text(statement, number, ""),
        string text => raw.sqlite3_bind_text(statement, number, (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(text)),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, number, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, number, bytes),
        _ => raw.sqlite3_bind_null(statement, number),
    };

    private static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static object FromInteger(long value, SqlType type) => type switch
    {
        SqlType.Bool => value != 0,
        SqlType.Date => DateOnly.FromDayNumber((int)value + UnixEpochDay),
        SqlType.Timestamp => new Timestamp(value),
        SqlType.DatePart => (DatePart)value,
        SqlType.IntervalPart => new IntervalPart((DatePart)value),
        _ => value,
    };
}
