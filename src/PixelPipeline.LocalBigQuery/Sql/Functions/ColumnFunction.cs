using System.Globalization;
using System.Text;
using System.Text.Json;
using PixelPipeline.LocalBigQuery.Sql.Types;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// <c>column_type(row_values, index)</c>: one value of a stored row, a JSON array in the order of the schema. Unlike
/// SQLite's own JSON functions it keeps NUL characters, and knows the stored forms of dates, bytes and NaN.
/// </summary>
internal sealed class ColumnFunction : SqliteFunction
{
    private static readonly long UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
    private static readonly Dictionary<SqlType, ColumnFunction> ByType = new[]
    {
        SqlType.Int64, SqlType.Float64, SqlType.Numeric, SqlType.Bool, SqlType.String, SqlType.Bytes, SqlType.Date, SqlType.Timestamp,
    }.ToDictionary(t => t, t => new ColumnFunction(t));

    private readonly SqlType _type;

    private ColumnFunction(SqlType type)
        : base($"column_{type.ToString().ToLowerInvariant()}") => _type = type;

    /// <summary>The one that reads this type.</summary>
    public static ColumnFunction For(SqlType type) => ByType[type];

    /// <inheritdoc/>
    public override void Register(sqlite3 database, CallFailure failure) =>
        raw.sqlite3_create_function(database, SqliteName, 2, Flags, null, (context, _, values) =>
        {
            try
            {
                Read(context, raw.sqlite3_value_blob(values[0]), raw.sqlite3_value_int(values[1]));
            }
            catch (Exception e)
            {
                failure.Fail(context, e);
            }
        });

    private void Read(sqlite3_context context, ReadOnlySpan<byte> row, int index)
    {
        var reader = new Utf8JsonReader(row);
        reader.Read();
        for (var i = 0; i <= index; i++)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                break; // columns that the schema got after the row was written
            }
        }

        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.EndArray)
        {
            raw.sqlite3_result_null(context);
        }
        else
        {
            Return(context, ref reader);
        }
    }

    private void Return(sqlite3_context context, ref Utf8JsonReader reader)
    {
        switch (_type)
        {
            case SqlType.String or SqlType.Numeric:
                ReturnText(context, ref reader);
                break;
            case SqlType.Int64 or SqlType.Timestamp:
                raw.sqlite3_result_int64(context, reader.GetInt64());
                break;
            case SqlType.Bool:
                raw.sqlite3_result_int(context, reader.GetBoolean() ? 1 : 0);
                break;
            case SqlType.Bytes:
                SqliteValue.ReturnBlob(context, reader.GetBytesFromBase64());
                break;
            case SqlType.Date:
                raw.sqlite3_result_int64(context, DateOnly.ParseExact(reader.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - UnixEpochDay);
                break;
            default:
                SqliteValue.Return(context, reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : double.Parse(reader.GetString()!, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void ReturnText(sqlite3_context context, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            SqliteValue.ReturnText(context, reader.ValueSpan);
        }
        else
        {
            SqliteValue.ReturnText(context, Encoding.UTF8.GetBytes(reader.GetString()!));
        }
    }
}
