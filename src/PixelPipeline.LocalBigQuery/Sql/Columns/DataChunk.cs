using System.Runtime.InteropServices;

namespace PixelPipeline.LocalBigQuery.Sql.Columns;

/// <summary>Some rows of DuckDB's data, column by column, as DuckDB hands them to a function.</summary>
internal readonly partial struct DataChunk(IntPtr handle)
{
    public long Rows => (long)Size(handle);

    public Vector this[int column] => new(VectorOf(handle, (ulong)column));

    [LibraryImport("duckdb", EntryPoint = "duckdb_data_chunk_get_size")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial ulong Size(IntPtr chunk);

    [LibraryImport("duckdb", EntryPoint = "duckdb_data_chunk_get_vector")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial IntPtr VectorOf(IntPtr chunk, ulong column);
}
