using System.Buffers;

namespace PixelPipeline.Dashboard;

/// <summary>Where the dashboard listens, what it reads and how often.</summary>
public sealed class DashboardOptions
{
    private const int MaxNameLength = 1_024; // https://cloud.google.com/bigquery/docs/tables#table_naming

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>The port on 127.0.0.1 and ::1, 1 to 65,535; 0 takes a free one of 127.0.0.1 (for tests).</summary>
    public required int Port { get; init; }

    /// <summary>Which BigQuery it is, in the page's words: <c>127.0.0.1:9050</c>, or the name of a Google Cloud project.</summary>
    public required string Source { get; init; }

    /// <summary>True for Google's BigQuery, where readings cost money and hints name the cloud.</summary>
    public bool IsGoogles { get; init; }

    /// <summary>The dataset of the tables, such as <c>pixels</c>; <see cref="IsName"/> holds for it.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The base table, such as <c>pixel</c>; <see cref="IsName"/> holds for it.</summary>
    public required string BaseTable { get; init; }

    /// <summary>The least time from the end of one reading to the start of the next; at least a second.</summary>
    public required TimeSpan Refresh { get; init; }

    /// <summary>The most bytes that one query may bill, as BigQuery's <c>maximumBytesBilled</c>: one that would read more is refused; null for no bound.</summary>
    public long? MaximumBytesBilled { get; init; }

    /// <summary>Whose days and hours are meant unless an address says <c>tz</c>.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How long one question may take before the page says that BigQuery does not answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a page waits for a reading before it shows the one before it, which the next one then replaces.</summary>
    public TimeSpan PageWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What tells the time: which minutes and days are the last ones, and how old a reading is.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>A zone by its name in the IANA database, such as <c>Europe/Berlin</c>; null where there is none such.</summary>
    public static TimeZoneInfo? FindTimeZone(string? name) => name is null ? null : Views.ViewReader.FindZone(name);

    /// <summary>Whether a text may stand in SQL as the name of a dataset or table: 1 to 1,024 of <c>[A-Za-z0-9_-]</c>.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}
