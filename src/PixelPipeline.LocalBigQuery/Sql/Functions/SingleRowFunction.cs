using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary><c>single_row(value, rows)</c>: the value, when there is but one row.</summary>
internal sealed class SingleRowFunction() : SqliteFunction("single_row")
{
    /// <inheritdoc/>
    public override void Register(sqlite3 database, CallFailure failure) =>
        raw.sqlite3_create_function(database, SqliteName, 2, Flags, null, (context, _, values) =>
        {
            if (raw.sqlite3_value_int64(values[1]) > 1)
            {
                failure.Fail(context, new GoogleSqlException("Scalar subquery produced more than one element"));
                return;
            }

            switch (raw.sqlite3_value_type(values[0]))
            {
                case raw.SQLITE_INTEGER:
                    raw.sqlite3_result_int64(context, raw.sqlite3_value_int64(values[0]));
                    break;
                case raw.SQLITE_FLOAT:
                    raw.sqlite3_result_double(context, raw.sqlite3_value_double(values[0]));
                    break;
                case raw.SQLITE_TEXT:
                    SqliteValue.ReturnText(context, raw.sqlite3_value_blob(values[0]));
                    break;
                case raw.SQLITE_BLOB:
                    SqliteValue.ReturnBlob(context, raw.sqlite3_value_blob(values[0]));
                    break;
                default:
                    raw.sqlite3_result_null(context);
                    break;
            }
        });
}
