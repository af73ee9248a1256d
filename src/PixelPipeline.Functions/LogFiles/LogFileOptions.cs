using System.ComponentModel.DataAnnotations;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Functions.LogFiles;

/// <summary>The settings of the log file function: environment variables <c>LogFiles__NAME</c>.</summary>
public sealed class LogFileOptions : IValidatableObject
{
    /// <summary>The configuration section, <c>LogFiles</c>.</summary>
    public const string Section = "LogFiles";

    /// <summary>The one bucket whose objects are summarised; unset for any that the trigger names.</summary>
    public string? Bucket { get; set; }

    /// <summary>Only objects under it are log files.</summary>
    [Required(ErrorMessage = "is empty")]
    public string InputPrefix { get; set; } = "drop/";

    /// <summary>
    /// Where the summaries go, in the same bucket. Neither prefix begins with the other: a summary under
    /// <see cref="InputPrefix"/> would trigger the function again, and from <c>logs/incoming/</c> to <c>logs/</c> that is
    /// where <c>logs/incoming/incoming/a.log</c> would have its own.
    /// </summary>
    [Required(ErrorMessage = "is empty")]
    public string OutputPrefix { get; set; } = "summaries/";

    /// <summary>The files' format; unset to find it out.</summary>
    public string? Format { get; set; }

    /// <summary>The zone of times that name none, such as <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Query parameters to count by as well, such as <c>user_id,type</c>.</summary>
    public string Keys { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OutputPrefix.StartsWith(InputPrefix, StringComparison.Ordinal) || InputPrefix.StartsWith(OutputPrefix, StringComparison.Ordinal))
        {
            yield return new ValidationResult("must not begin with the input prefix, nor that with it: a summary could trigger the function again", [nameof(OutputPrefix)]);
        }

        if (Format is not null && LogFormats.Find(Format) is null)
        {
            yield return new ValidationResult($"must be one of {string.Join(", ", LogFormats.Labels)}", [nameof(Format)]);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult("must be a time zone that this machine knows, such as Europe/Berlin or UTC", [nameof(TimeZone)]);
        }
    }
}
