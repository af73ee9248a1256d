using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Engine;

/// <summary>
/// DuckDB's types for GoogleSQL's. The fields of a STRUCT are called f0, f1, …, since GoogleSQL's names may come twice or not at
/// all; a TIMESTAMP is DuckDB's TIMESTAMP, in UTC, since its functions of time zones are not the reference's.
/// </summary>
internal static class EngineTypes
{
    /// <summary>The type as DuckDB's SQL names it.</summary>
    public static string Name(DataType type) => type.Kind switch
    {
        SqlType.Array => $"{Name(type.Element!)}[]",
        SqlType.Struct => $"STRUCT({string.Join(", ", type.Fields.Select((f, i) => $"f{i} {Name(f.Type)}"))})",
        SqlType.Float64 => "DOUBLE",
        SqlType.Numeric => "DECIMAL(38, 9)",
        SqlType.Bool => "BOOLEAN",
        SqlType.String or SqlType.Json => "VARCHAR",
        SqlType.Bytes => "BLOB",
        SqlType.Date => "DATE",
        SqlType.Timestamp or SqlType.Datetime => "TIMESTAMP",
        SqlType.Time => "TIME",
        SqlType.Interval => "INTERVAL",
        _ => "BIGINT",
    };

    /// <summary>The type as DuckDB's C interface has it. Dispose it.</summary>
    public static DuckDBLogicalType Logical(DataType type)
    {
        if (type.Kind == SqlType.Array)
        {
            using var element = Logical(type.Element!);
            return NativeMethods.LogicalType.DuckDBCreateListType(element);
        }

        return type.Kind == SqlType.Numeric ? NativeMethods.LogicalType.DuckDBCreateDecimalType(38, 9) : NativeMethods.LogicalType.DuckDBCreateLogicalType(type.Kind switch
        {
            SqlType.Float64 => DuckDBType.Double,
            SqlType.Bool => DuckDBType.Boolean,
            SqlType.String or SqlType.Json => DuckDBType.Varchar,
            SqlType.Bytes => DuckDBType.Blob,
            SqlType.Date => DuckDBType.Date,
            SqlType.Timestamp or SqlType.Datetime => DuckDBType.Timestamp,
            SqlType.Time => DuckDBType.Time,
            SqlType.Interval => DuckDBType.Interval,
            _ => DuckDBType.BigInt,
        });
    }
}
