using PixelPipeline.LocalBigQuery.Sql.Types;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>One signature of a function or operator, with what it computes. NULL in, NULL out.</summary>
internal sealed class ScalarFunction : SqliteFunction
{
    private readonly Func<object?[], object?> _body;
    private readonly bool _isSafe;

    public ScalarFunction(string name, string sqliteName, IReadOnlyList<SqlType> parameters, SqlType result, Func<object?[], object?> body, bool isSafe = false)
        : base(sqliteName)
    {
        (Name, Parameters, Result, _body, _isSafe) = (name, parameters, result, body, isSafe);
        Safe = isSafe ? this : new ScalarFunction(name, sqliteName + "_safe", parameters, result, body, isSafe: true);
    }

    /// <summary>As written in a statement, in capitals.</summary>
    public string Name { get; }

    public IReadOnlyList<SqlType> Parameters { get; }

    public SqlType Result { get; }

    /// <summary>The same with NULL where it would fail, as SAFE_CAST and the prefix SAFE. have it.</summary>
    public ScalarFunction Safe { get; }

    /// <summary>Calls it here, on values known before the query runs.</summary>
    /// <exception cref="GoogleSqlException">It fails on these arguments.</exception>
    public object? Call(params object?[] arguments) => Array.Exists(arguments, a => a is null) ? null : _body(arguments);

    /// <inheritdoc/>
    public override void Register(sqlite3 database, CallFailure failure) =>
        raw.sqlite3_create_function(database, SqliteName, Parameters.Count, Flags, null, (context, _, values) =>
        {
            try
            {
                SqliteValue.Return(context, Call(values));
            }
            catch (GoogleSqlException) when (_isSafe)
            {
                raw.sqlite3_result_null(context);
            }
            catch (Exception e)
            {
                failure.Fail(context, e);
            }
        });

    private object? Call(sqlite3_value[] values)
    {
        var arguments = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if ((arguments[i] = SqliteValue.Read(values[i], Parameters[i])) is null)
            {
                return null;
            }
        }

        return _body(arguments);
    }
}
