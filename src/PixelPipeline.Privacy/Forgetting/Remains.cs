using System.Globalization;

namespace PixelPipeline.Privacy.Forgetting;

/// <summary>What stays out of reach once everything is erased, in sentences of a <see cref="Proof"/>.</summary>
public static class Remains
{
    private static readonly TimeSpan FailSafe = TimeSpan.FromDays(7);

    /// <summary>On one machine.</summary>
    /// <param name="isRewritten">Whether the database's files were rewritten.</param>
    public static IEnumerable<string> OfMachine(bool isRewritten) =>
    [
        isRewritten
            ? "The database's files were rewritten after the erasure: deleted rows are in none of them."
            : "The database was not rewritten: its files may hold deleted rows until it rewrites them.",
        "Copies of the data folder made before, such as backups and snapshots of the disk, and blocks that the disk itself has not reused are out of reach.",
    ];

    /// <summary>In Google Cloud.</summary>
    /// <param name="erased">When the last rows were deleted, UTC.</param>
    /// <param name="timeTravel">How far back the dataset can be read.</param>
    /// <param name="hasObjects">Whether objects of Cloud Storage were among the places.</param>
    /// <seealso href="https://cloud.google.com/bigquery/docs/time-travel"/>
    public static IEnumerable<string> OfGoogle(DateTime erased, TimeSpan timeTravel, bool hasObjects)
    {
        yield return $"BigQuery's time travel can bring deleted rows back until {At(erased + timeTravel)}; then Google keeps them for emergencies until {At(erased + timeTravel + FailSafe)} (fail-safe storage), and no longer.";
        yield return hasObjects
            ? $"Cloud Storage keeps the earlier content of rewritten objects for as long as the bucket's soft-delete policy says: not at all in the buckets of deploy/up.sh, until {At(erased + FailSafe)} in others unless it was changed; with object versioning, until earlier versions are deleted."
            : "Raw entries in Cloud Storage (the lake and the dead letters) were not searched: name them with --lake gs://BUCKET.";
        yield return "Table snapshots, exports and copies that were made elsewhere are out of reach.";
    }

    /// <summary>Of hits that are still on their way.</summary>
    public static string OnTheirWay => "A hit that was sent before and is still on its way becomes a row when it arrives: run the same again some days later, or after what held hits up was mended. Imports, replays and redeliveries do not bring this person back.";

    private static string At(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
