using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Columns;
using PixelPipeline.LocalBigQuery.Sql.Functions;

namespace PixelPipeline.LocalBigQuery.Sql.Engine;

/// <summary>
/// Gives DuckDB the functions that a query calls, each once. DuckDB calls them with whole columns, on threads of its own; no
/// exception may cross its frames, so that one becomes the query's error.
/// </summary>
internal sealed unsafe partial class FunctionRegistry
{
    // What an error's text begins with, by what it is: DuckDB hands on nothing but the text.
    private const string Resources = "\u0001R";
    private const string Fault = "\u0001F";

    private readonly HashSet<string> _registered = [];

    /// <summary>Registers those that are new.</summary>
    public void Add(DuckDBNativeConnection connection, IEnumerable<ScalarFunction> functions)
    {
        lock (_registered)
        {
            foreach (var function in functions.Where(f => _registered.Add(f.EngineName)))
            {
                Register(connection, function);
            }
        }
    }

    /// <summary>What a function's failure, as DuckDB tells it, was.</summary>
    public static Exception Failure(string message) =>
        message.StartsWith(Resources, StringComparison.Ordinal) ? new GoogleSqlException(message[2..], failure: QueryFailure.ResourcesExceeded)
        : message.StartsWith(Fault, StringComparison.Ordinal) ? new InvalidOperationException(message[2..])
        : new GoogleSqlException(message);

    private static void Register(DuckDBNativeConnection connection, ScalarFunction function)
    {
        var handle = NativeMethods.ScalarFunction.DuckDBCreateScalarFunction();
        NativeMethods.ScalarFunction.DuckDBScalarFunctionSetName(handle, function.EngineName);
        foreach (var parameter in function.Parameters)
        {
            using var type = EngineTypes.Logical(parameter);
            NativeMethods.ScalarFunction.DuckDBScalarFunctionAddParameter(handle, type);
        }

        using (var result = EngineTypes.Logical(function.Result))
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetReturnType(handle, result);
        }

        // The functions are those of the table, which is there as long as the process is: their handles are never freed.
        SetExtraInfo(handle, GCHandle.ToIntPtr(GCHandle.Alloc(function)), IntPtr.Zero);
        SetFunction(handle, (IntPtr)(delegate* unmanaged[Cdecl]<IntPtr, IntPtr, IntPtr, void>)&Call);
        var state = NativeMethods.ScalarFunction.DuckDBRegisterScalarFunction(connection, handle);
        NativeMethods.ScalarFunction.DuckDBDestroyScalarFunction(ref handle);
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB does not take the function {function.Name}.");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(IntPtr info, IntPtr input, IntPtr output)
    {
        try
        {
            var function = (ScalarFunction)GCHandle.FromIntPtr(NativeMethods.ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;
            function.Run(new DataChunk(input), new Vector(output));
        }
        catch (GoogleSqlException e)
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, (e.Failure == QueryFailure.ResourcesExceeded ? Resources : "") + e.Message);
        }
        catch (Exception e)
        {
            NativeMethods.ScalarFunction.DuckDBScalarFunctionSetError(info, Fault + e);
        }
    }

    [LibraryImport("duckdb", EntryPoint = "duckdb_scalar_function_set_function")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetFunction(IntPtr function, IntPtr callback);

    [LibraryImport("duckdb", EntryPoint = "duckdb_scalar_function_set_extra_info")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetExtraInfo(IntPtr function, IntPtr info, IntPtr destroy);
}
