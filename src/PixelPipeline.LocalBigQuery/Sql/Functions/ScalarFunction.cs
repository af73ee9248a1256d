using PixelPipeline.LocalBigQuery.Sql.Columns;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>One signature of a function or operator, with what it computes. NULL in, NULL out.</summary>
internal sealed class ScalarFunction
{
    private readonly ColumnBody _columns;
    private readonly Func<object?[], object?> _body;
    private readonly bool _isSafe;

    public ScalarFunction(string name, string engineName, IReadOnlyList<DataType> parameters, DataType result, Func<object?[], object?> body, ColumnBody columns, bool isSafe = false)
    {
        (Name, EngineName, Parameters, Result, _body, _columns, _isSafe) = (name, engineName, parameters, result, body, columns, isSafe);
        Safe = isSafe ? this : new ScalarFunction(name, engineName + "_safe", parameters, result, body, columns, isSafe: true);
    }

    /// <summary>As written in a statement, in capitals.</summary>
    public string Name { get; }

    /// <summary>By which the engine calls it; made here, never from a statement's text.</summary>
    public string EngineName { get; }

    public IReadOnlyList<DataType> Parameters { get; }

    public DataType Result { get; }

    /// <summary>The same with NULL where it would fail, as SAFE_CAST and the prefix SAFE. have it.</summary>
    public ScalarFunction Safe { get; }

    /// <summary>Calls it here, on values known before the query runs.</summary>
    /// <exception cref="GoogleSqlException">It fails on these arguments.</exception>
    public object? Call(params object?[] arguments) => Array.Exists(arguments, a => a is null) ? null : _body(arguments);

    /// <summary>Calls it on whole columns.</summary>
    /// <exception cref="GoogleSqlException">It fails on a row.</exception>
    public void Run(DataChunk input, Vector output) => _columns(input, output, _isSafe);
}

/// <summary>What a function does with whole columns; when it is safe, NULL stands where it would fail.</summary>
internal delegate void ColumnBody(DataChunk input, Vector output, bool isSafe);
