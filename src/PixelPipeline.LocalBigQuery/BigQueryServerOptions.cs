namespace PixelPipeline.LocalBigQuery;

/// <summary>Where the local BigQuery listens and keeps its data.</summary>
public sealed class BigQueryServerOptions
{
    /// <summary>The port on 127.0.0.1 and ::1, 1 to 65,535; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>The SQLite file, <c>data/bigquery.db</c> for example. It is made when missing; its folder has to exist.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The folder that plays Cloud Storage for extract jobs: <c>gs://BUCKET/OBJECT</c> is the file BUCKET/OBJECT in it.</summary>
    public string BucketsFolder => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(DatabasePath))!, "buckets");

    /// <summary>The project that <c>projects.list</c> names: letters, digits and <c>-._:</c>. Requests may name any.</summary>
    public string ProjectId { get; init; } = "local";

    /// <summary>How large the results of all queries may be together, in bytes: beyond it the oldest queries are forgotten.</summary>
    internal long ResultBytesKept { get; init; } = 2L << 30;

    /// <summary>
    /// How long rows of <c>insertAll</c> stay in the streaming buffer, where UPDATE, DELETE and MERGE must not touch them; in
    /// BigQuery up to 90 minutes. Zero for none.
    /// </summary>
    public TimeSpan StreamingBuffer { get; init; }

    /// <summary>What tells the time of tables' creation and change and how old an insert id is.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
