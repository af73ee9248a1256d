using System.Text.RegularExpressions;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>What ids may be: everything that goes on from here as a dataset's or table's id has passed it.</summary>
internal static partial class ResourceIds
{
    private const int MaximumLength = 1024;

    /// <summary>A project's id: letters, digits and <c>-._:</c>, 1 to 100.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static string Project(string? id) =>
        id is not null && ProjectId().IsMatch(id) ? id : throw ApiException.Invalid("Invalid project ID.");

    /// <summary>A dataset's id: letters, digits and underscores, 1 to 1,024.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static string Dataset(string? id) => id is not null && DatasetId().IsMatch(id)
        ? id
        : throw ApiException.Invalid(
            $"Invalid dataset ID. Dataset IDs must be alphanumeric (plus underscores) and must be at most {MaximumLength} characters long.");

    /// <summary>A table's id: letters, digits, underscores and dashes, 1 to 1,024, without a decorator.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static string Table(string? id) => id is not null && TableId().IsMatch(id)
        ? id
        : throw ApiException.Invalid(
            id?.Contains('$', StringComparison.Ordinal) == true
                ? "Invalid table ID. The local BigQuery does not offer a decorator ($) here."
                : $"Invalid table ID. Table IDs must be alphanumeric (plus underscores and dashes) and must be at most {MaximumLength} characters long.");

    /// <summary>A partition's id: the digits of an hour, day, month or year.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static string Partition(string id) => PartitionId().IsMatch(id) ? id : throw ApiException.Invalid("Invalid partition ID: the local BigQuery offers hours, days, months and years, such as $20261120.");

    /// <summary>The id of a template's instance table.</summary>
    /// <exception cref="ApiException">400: the suffix is not letters, digits and underscores, or both together are too long.</exception>
    public static string InstanceTable(string templateId, string suffix) =>
        DatasetId().IsMatch(suffix) && templateId.Length + suffix.Length <= MaximumLength
            ? templateId + suffix
            : throw ApiException.Invalid(
                "Invalid template suffix. It must be alphanumeric (plus underscores), and the table ID with it at most "
                + $"{MaximumLength} characters long.",
                "templateSuffix");

    /// <summary>A job's id: letters, digits, underscores and dashes, 1 to 1,024.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static string Job(string? id) => id is not null && TableId().IsMatch(id)
        ? id
        : throw ApiException.Invalid($"Invalid job ID. Job IDs must be alphanumeric (plus underscores and dashes) and must be at most {MaximumLength} characters long.");

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,100}\\z")]
    private static partial Regex ProjectId();

    [GeneratedRegex("^[A-Za-z0-9_]{1,1024}\\z")]
    private static partial Regex DatasetId();

    [GeneratedRegex("^([0-9]{2}){2,5}\\z")]
    private static partial Regex PartitionId();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,1024}\\z")]
    private static partial Regex TableId();
}
