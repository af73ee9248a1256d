using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Producing;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Cli.Urls;
using PixelPipeline.Events;
using PixelPipeline.Signing;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel url</c>: what to put into pages and mails, checked against the schema.</summary>
internal static class UrlCommand
{
    private static readonly Option<Uri?> Base = UrlOption.Create("--base", "Where the pixel is served; unless given, http://localhost:8080. The path is /pixel.png unless it has one");
    private static readonly Option<string?> Mail = new("--mail") { Description = "The tag for this tool's mails, its merge fields left as they are; plain for any with {{…}}" };
    private static readonly Option<string?> User = new("--user") { Description = "The user_id; unless given, anonymous, or the mail tool's own field", HelpName = "ID" };
    private static readonly Option<string?> Type = new("--type") { Description = "The type; unless given, view, and open in mails", HelpName = "TYPE" };
    private static readonly Option<string[]> Set = FieldMap.Option("--set", "Any other attribute, such as order_id=42; may be repeated", "NAME=VALUE");
    private static readonly Option<Uri?> Collect = UrlOption.Create("--collect", "The collector's URL, for pages; with ?key=… where it asks for a key. A page's key is no secret");
    private static readonly Option<bool> Integrity = new("--integrity") { Description = "Let browsers run no other page script than this version's" };
    private static readonly Option<bool> Sign = new("--sign") { Description = "Sign it with the first key of Pixel__SigningKeys" };
    private static readonly Option<int?> Expires = ValueOptions.OptionalNumber("--expires", "DAYS", 1, 3_650, "With --sign: for how many days the signature is valid; unless given, for ever");
    private static readonly Option<string?> Signature = new("--signature") { Description = "A signature made elsewhere, such as a mail tool's field", HelpName = "SIGNATURE" };
    private static readonly Option<string?> Schema = CommonOptions.Schema();

    public static Command Create()
    {
        ValueOptions.Choose(Mail, [.. MailTool.All.Select(t => t.Name)]);
        var command = new Command("url", "Print what goes into pages: the script's tag, an image and its URL; or into mails") { Base, Mail, User, Type, Set, Collect, Integrity, Sign, Expires, Signature, Schema };
        command.Validators.Add(CheckFields);
        command.Validators.Add(CheckMail);
        command.Validators.Add(CheckSignature);
        command.SetAction(Run);
        return command;
    }

    private static void CheckFields(CommandResult result)
    {
        var set = result.GetResult(Set)?.Tokens.Select(t => t.Value.Split('=')[0]).ToList() ?? [];
        foreach (var (option, field) in new[] { (User, "user_id"), (Type, "type") })
        {
            if (result.GetResult(option) is not null && set.Contains(field))
            {
                result.AddError($"{Set.Name} {field}: {option.Name} says it already.");
            }
        }
    }

    private static void CheckMail(CommandResult result)
    {
        foreach (var option in new Option[] { Collect, Integrity })
        {
            if (result.GetResult(Mail) is not null && result.GetResult(option) is { Implicit: false })
            {
                result.AddError($"{option.Name} is for pages: mails run no script.");
            }
        }
    }

    private static void CheckSignature(CommandResult result)
    {
        var signs = result.GetValue(Sign);
        if (signs && result.GetResult(Mail) is not null)
        {
            result.AddError($"{Sign.Name} is for pages: in mails each recipient has a signature, which the tool fills in. Name its field with {Signature.Name}.");
        }

        if (signs && result.GetResult(Signature) is not null)
        {
            result.AddError($"{Sign.Name} and {Signature.Name}: one of them.");
        }

        if (!signs && result.GetResult(Expires) is not null)
        {
            result.AddError($"{Expires.Name} says how long a signature of {Sign.Name} is valid.");
        }
    }

    private static int Run(ParseResult arguments)
    {
        var tool = MailTool.All.FirstOrDefault(t => t.Name == arguments.GetValue(Mail));
        var schema = SchemaSource.Of(arguments.GetValue(Schema));
        var pixel = WithPath(arguments.GetValue(Base) ?? new Uri("http://localhost:8080"));
        Console.WriteLine(tool is null ? ForPages(arguments, schema, pixel) : ForMails(arguments, schema, pixel, tool));
        return 0;
    }

    private static string ForPages(ParseResult arguments, EventSchema schema, Uri pixel)
    {
        var fields = ReadFields(arguments, schema, PixelSnippets.Anonymous, PixelSnippets.View);
        UrlFields.Check(schema, fields);
        AddSignature(fields, arguments);
        var snippets = new PixelSnippets(pixel, fields);
        return $"{snippets.Url}\n\n{snippets.Script(arguments.GetValue(Collect), arguments.GetValue(Integrity))}\n\n{snippets.PageImage()}";
    }

    private static string ForMails(ParseResult arguments, EventSchema schema, Uri pixel, MailTool tool)
    {
        var fields = ReadFields(arguments, schema, tool.User, "open");
        UrlFields.Check(schema, fields, tool);
        AddSignature(fields, arguments);
        return new PixelSnippets(pixel, fields).MailImage(tool, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
    }

    private static void AddSignature(Dictionary<string, string> fields, ParseResult arguments)
    {
        if (arguments.GetValue(Signature) is { } given)
        {
            fields[HitSignature.Parameter] = given;
        }
        else if (arguments.GetValue(Sign))
        {
            var end = arguments.GetValue(Expires) is { } days ? DateTimeOffset.UtcNow.AddDays(days) : (DateTimeOffset?)null;
            fields[HitSignature.Parameter] = SignedFields.Of(fields, end);
        }
    }

    private static Dictionary<string, string> ReadFields(ParseResult arguments, EventSchema schema, string? user, string type)
    {
        var fields = new Dictionary<string, string>();
        foreach (var (name, given, unlessGiven) in new[] { ("user_id", arguments.GetValue(User), user), ("type", arguments.GetValue(Type), type) })
        {
            if ((given ?? (schema.IsAttribute(name) ? unlessGiven : null)) is { } value)
            {
                fields[name] = value;
            }
        }

        foreach (var (name, value) in FieldMap.ReadPairs(arguments.GetValue(Set)!))
        {
            fields[name] = value;
        }

        return fields;
    }

    private static Uri WithPath(Uri address) =>
        address.AbsolutePath == "/" ? new Uri(address, "/pixel.png") : new Uri(address.GetLeftPart(UriPartial.Path));
}
