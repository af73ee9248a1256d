using System.Text;
using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using PixelPipeline.Functions.Pixels;
using PixelPipeline.Functions.Tests.FrameworkContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>Deliveries are read in one pass, and still the same is taken and refused as by the events package.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PushFormatterTests
{
    private const string Plain = """
        {"message":{"data":"aGVsbG8=","attributes":{"logging.googleapis.com/timestamp":"2026-01-02T03:04:05Z"},"messageId":"1","message_id":"1","publishTime":"2026-01-02T03:04:05.678Z","publish_time":"2026-01-02T03:04:05.678Z","orderingKey":"k"},"subscription":"projects/p/subscriptions/s","deliveryAttempt":3}
        """;

    private static readonly CloudEventFormatter Whole = CloudEventFormatterAttribute.CreateFormatter(typeof(MessagePublishedData))!;
    private static readonly CloudEventFormatter Ours = PushFormatter.Create();

    [Test]
    public void TryRead_WhatPubSubWrites_GivesTheData()
    {
        Assert.That(PlainPush.TryRead(Encoding.UTF8.GetBytes(Plain), out var data));
        Assert.That(data, Is.EqualTo("hello"u8.ToArray()));
    }

    [TestCase("""{"message":{"messageId":"1"}}""", "")]
    [TestCase("""{"message":{"data":""}}""", "")]
    [TestCase("""{"message":{"data":"YQ==","data":"Yg=="}}""", "b")]
    [TestCase(""" {"subscription":"s", "message" : { "data" : "YWI=" } } """, "ab")]
    public void TryRead_OtherPlainBody_GivesTheData(string body, string expected)
    {
        Assert.That(PlainPush.TryRead(Encoding.UTF8.GetBytes(body), out var data));
        Assert.That(Encoding.UTF8.GetString(data), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Odd))]
    public void Decode_OddBody_IsWhatThePackageMakesOfIt(string body) =>
        Assert.That(Decode(Ours, Encoding.UTF8.GetBytes(body)), Is.EqualTo(Decode(Whole, Encoding.UTF8.GetBytes(body))));

    [Test]
    public void Decode_AnyChangeOfAPlainBody_IsWhatThePackageMakesOfIt()
    {
        var random = new Random(20261128);
        var plain = Encoding.UTF8.GetBytes(Plain);
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = Change(plain, random);
            var expected = Decode(Whole, body);
            taken += expected == "refused" ? 0 : 1;
            Assert.That(Decode(Ours, body), Is.EqualTo(expected), Encoding.UTF8.GetString(body));
        }

        Assert.That(taken, Is.InRange(1_000, 19_000), "some of each");
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/protobuf")]
    [TestCase(null)]
    public void Decode_OtherContentType_IsWhatThePackageMakesOfIt(string? contentType) =>
        Assert.That(Decode(Ours, Encoding.UTF8.GetBytes(Plain), contentType), Is.EqualTo(Decode(Whole, Encoding.UTF8.GetBytes(Plain), contentType)));

    private static IEnumerable<string> Odd() =>
    [
        "", "{}", "[]", "null", "1", "{", Plain + "x", "\uFEFF" + Plain, Push.Body(),
        """{"message":null}""", """{"message":[]}""", """{"message":{},"message":{"data":"YQ=="}}""", """{"subscription":"s"}""",
        """{"message":{"data":null}}""", """{"message":{"data":1}}""", """{"message":{"data":"aGVsbG8"}}""", """{"message":{"data":"_-8="}}""",
        """{"message":{"data":"aGVs bG8="}}""", """{"message":{"data":"aGVsbG8\u003d"}}""", """{"message":{"data":"="}}""", """{"message":{"data":"===="}}""",
        """{"message":{"data":"YQ==YQ=="}}""", """{"message":{"data":"YR=="}}""", """{"message":{"data":"é"}}""",
        """{"message":{"publishTime":"2026-01-02T03:04:05"}}""", """{"message":{"publishTime":"2026-01-02t03:04:05z"}}""",
        """{"message":{"publishTime":"2026-13-02T03:04:05Z"}}""", """{"message":{"publishTime":"2026-01-02T03:04:05.1234567890Z"}}""",
        """{"message":{"publishTime":"2026-01-02T03:04:05+01:00"}}""", """{"message":{"publishTime":"2026-01-02T03:04:60Z"}}""",
        """{"message":{"publishTime":"0000-01-02T03:04:05Z"}}""", """{"message":{"publishTime":"2026-02-30T03:04:05Z"}}""", """{"message":{"publishTime":5}}""",
        """{"message":{"messageId":1}}""", """{"message":{"orderingKey":{}}}""", """{"message":{"messageId":"\uD800"}}""", """{"message":{"odd":"\uD800"}}""",
        """{"message":{"\uD800":"x"}}""", """{"message":{"odd":1e999}}""", """{"message":{"odd":[1,{}]}}""", """{"message":{"odd":1}}""",
        """{"message":{"attributes":{"a":1}}}""", """{"message":{"attributes":{"a":null}}}""", """{"message":{"attributes":[]}}""", """{"message":{"attributes":{"a":"1","a":"2"}}}""",
        """{"message":{},"subscription":1}""", """{"message":{},"deliveryAttempt":1.5}""", """{"message":{},"deliveryAttempt":"1"}""", """{"message":{},"deliveryAttempt":99999999999}""",
        """{"message":{},"odd":1e999}""", """{"message":{},}""", """{"message":{}} {}""", """{"message":{/**/}}""", "{\"message\":{\"messageId\":\"a\tb\"}}",
    ];

    // One to three bytes set, taken out or put in, mostly to such as JSON and base64 have.
    private static byte[] Change(byte[] plain, Random random)
    {
        const string likely = "{}[]\",:\\/=+-.0123eTZua \n";
        List<byte> body = [.. plain];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(body.Count);
            var value = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)likely[random.Next(likely.Length)];
            switch (random.Next(4))
            {
                case 0:
                    body[at] = value;
                    break;
                case 1:
                    body.Insert(at, value);
                    break;
                case 2:
                    body.RemoveAt(at);
                    break;
                default:
                    body[at] = body[random.Next(body.Count)];
                    break;
            }
        }

        return [.. body];
    }

    private static string Decode(CloudEventFormatter formatter, byte[] body, string? contentType = "application/json")
    {
        var cloudEvent = new CloudEvent { DataContentType = contentType };
        try
        {
            formatter.DecodeBinaryModeEventData(body, cloudEvent);
        }
        catch (Exception)
        {
            return "refused"; // whatever it throws, the framework answers 400
        }

        return cloudEvent.Data is MessagePublishedData data ? data.Message?.Data.ToBase64() ?? "no message" : "no data";
    }
}
