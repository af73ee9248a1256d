using System.Text.RegularExpressions;

namespace PixelPipeline.Cli.Urls;

/// <summary>A tool that sends mails, and what it fills in for each of them.</summary>
/// <param name="Name">As <c>--mail</c> takes it.</param>
/// <param name="User">The field that names the reader, such as <c>{{customer.id}}</c>; null where each sender has another one.</param>
/// <param name="Message">The field that no two mails share; null where the tool documents none.</param>
/// <param name="Field">Finds merge fields in a value.</param>
internal sealed partial record MailTool(string Name, string? User, string? Message, Regex Field)
{
    /// <summary>By the tools' own documentation. SendGrid's fields are the data that a sender passes along.</summary>
    public static IReadOnlyList<MailTool> All { get; } =
    [
        new("mailchimp", "*|EMAIL_UID|*", "*|CAMPAIGN_UID|*", Bars()),
        new("sendgrid", "{{user_id}}", "{{message_id}}", Braces()),
        new("brevo", "{{contact.EXT_ID}}", null, Braces()),
        new("hubspot", "{{contact.hs_object_id}}", null, Braces()),
        new("customerio", "{{customer.id}}", "{{delivery_id}}", Braces()),
        new("plain", null, null, Braces()),
    ];

    /// <summary>A value for a URL: merge fields stand as they are, or the tool would not find them; the rest is escaped.</summary>
    public string Escape(string value)
    {
        var escaped = new System.Text.StringBuilder();
        var end = 0;
        foreach (Match field in Field.Matches(value))
        {
            escaped.Append(Uri.EscapeDataString(value[end..field.Index])).Append(field.Value);
            end = field.Index + field.Length;
        }

        return escaped.Append(Uri.EscapeDataString(value[end..])).ToString();
    }

    [GeneratedRegex(@"\{\{.+?\}\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\*\|.+?\|\*")]
    private static partial Regex Bars();
}
