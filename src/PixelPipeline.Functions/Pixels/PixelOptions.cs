using System.ComponentModel.DataAnnotations;

namespace PixelPipeline.Functions.Pixels;

/// <summary>
/// The function's settings: environment variables <c>Pixel__NAME</c>, or the section <c>Pixel</c> of
/// <c>appsettings.json</c>. Each has a working default except, outside Google Cloud, the project.
/// </summary>
internal sealed class PixelOptions
{
    /// <summary>The configuration section, <c>Pixel</c>.</summary>
    public const string Section = "Pixel";

    /// <summary>The project of the dataset. Unless set, <c>GOOGLE_CLOUD_PROJECT</c>.</summary>
    [Required(ErrorMessage = "is missing: name the Google Cloud project, here or as GOOGLE_CLOUD_PROJECT")]
    [RegularExpression("[a-z0-9.:-]{3,60}", ErrorMessage = "is no project id")]
    public string? Project { get; set; }

    /// <summary>The dataset of all tables.</summary>
    [Required(ErrorMessage = "is empty")]
    [RegularExpression("[A-Za-z0-9_]{1,1024}", ErrorMessage = "may hold letters, digits and underscores only")]
    public string Dataset { get; set; } = "pixels";

    /// <summary>Where a new dataset is kept.</summary>
    [Required(ErrorMessage = "is empty")]
    [RegularExpression("[A-Za-z0-9-]{2,40}", ErrorMessage = "is no BigQuery location such as US, EU or europe-west1")]
    public string DatasetLocation { get; set; } = "US";

    /// <summary>The base table: the template of the event tables, or, in the partitioned layout, the event table.</summary>
    [Required(ErrorMessage = "is empty")]
    [RegularExpression("[A-Za-z0-9_]{1,200}", ErrorMessage = "may hold letters, digits and underscores only, at most 200")]
    public string Table { get; set; } = "pixel";

    /// <summary>The pixel's path; requests for other paths are ignored.</summary>
    [Required(ErrorMessage = "is empty")]
    [RegularExpression("/[!-~]{0,1023}", ErrorMessage = "must begin with / and hold no space")]
    public string PixelPath { get; set; } = "/pixel.png";

    /// <summary>The schema and whitelist; relative to the function's own folder.</summary>
    [Required(ErrorMessage = "is empty")]
    public string SchemaFile { get; set; } = "schema.json";

    /// <summary>Which table an event goes to.</summary>
    [EnumDataType(typeof(LayoutName), ErrorMessage = "must be one of template, partitioned")]
    public LayoutName Layout { get; set; } = LayoutName.Template;

    /// <summary>How the template layout names tables.</summary>
    [Required(ErrorMessage = "is empty")]
    public string TableSuffix { get; set; } = Tables.SuffixPattern.Default;

    /// <summary>Makes the dataset and the base tables where they are missing; false where deployment does.</summary>
    public bool CreateTables { get; set; } = true;

    /// <summary>Days that rejected entries are kept, where the table is made.</summary>
    [Range(1, 3_650, ErrorMessage = "must be 1 to 3650")]
    public int RejectedRetentionDays { get; set; } = 30;

    /// <summary>The most instances that can run: new tables are paced to the quota divided by it.</summary>
    [Range(1, 1_000, ErrorMessage = "must be 1 to 1000")]
    public int MaxInstances { get; set; } = 10;

    /// <summary>New tables a second that all instances together may make; BigQuery's quota is 10.</summary>
    [Range(1, 10_000, ErrorMessage = "must be 1 to 10000")]
    public int NewTablesPerSecond { get; set; } = 10;

    /// <summary>
    /// New tables a day (UTC) that all instances together may make; then rows of new users go to the overflow table.
    /// Approximate: each instance counts its share, this divided by <see cref="MaxInstances"/>, from its own start.
    /// </summary>
    [Range(0, 10_000_000, ErrorMessage = "must be 0 to 10000000")]
    public int NewTablesPerDay { get; set; } = 20_000;

    /// <summary>Rows that may wait in one instance; beyond it messages are refused, so that delivery backs off.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be 1 to 1000000")]
    public int MaxWaitingRows { get; set; } = 20_000;
}
