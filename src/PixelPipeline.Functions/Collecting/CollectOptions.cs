using System.ComponentModel.DataAnnotations;

namespace PixelPipeline.Functions.Collecting;

/// <summary>The collector's settings: environment variables <c>Collect__NAME</c>, or the section <c>Collect</c> of <c>appsettings.json</c>.</summary>
internal sealed class CollectOptions
{
    /// <summary>The configuration section, <c>Collect</c>.</summary>
    public const string Section = "Collect";

    /// <summary>Where events are published.</summary>
    [Required(ErrorMessage = "is missing: name the topic as projects/PROJECT/topics/TOPIC")]
    [RegularExpression("projects/[a-z0-9.:-]{3,60}/topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}", ErrorMessage = "is not projects/PROJECT/topics/TOPIC")]
    public string? Topic { get; set; }

    /// <summary>Keys by name, <c>name=SHA-256 of the key in hex</c>, commas between; none: everyone may post.</summary>
    public string Keys { get; set; } = "";

    /// <summary>True where it is meant that there are no keys: then the start does not warn.</summary>
    public bool Open { get; set; }

    /// <summary>Origins of the pages that may post, such as <c>https://www.example.com</c>, commas between; <c>http://localhost:*</c> is any port.</summary>
    public string Origins { get; set; } = "";

    /// <summary>What happens to a field that the schema does not list.</summary>
    [EnumDataType(typeof(UnknownFields), ErrorMessage = "must be one of drop, refuse")]
    public UnknownFields UnknownFields { get; set; } = UnknownFields.Drop;

    /// <summary>What happens to an event before it is checked; unless set, <c>transformations.json</c> beside the schema where it is there.</summary>
    public string? TransformationsFile { get; set; }

    /// <summary>Events a second that one instance takes under one key; what exceeds it is answered 429.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be 1 to 1000000")]
    public int EventsPerSecond { get; set; } = 2_000;
}
