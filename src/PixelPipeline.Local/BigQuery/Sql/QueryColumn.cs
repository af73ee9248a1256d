using PixelPipeline.Local.BigQuery.Sql.Types;

namespace PixelPipeline.Local.BigQuery.Sql;

/// <summary>A column of a result; its mode is always NULLABLE.</summary>
internal readonly record struct QueryColumn(string Name, SqlType Type);
